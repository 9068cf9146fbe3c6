import { z } from 'zod';
import type { Operation } from './operation.js';
import { CHANGES, type ChangeOperation, OPERATIONS, SHARED_OPERATIONS } from './operations.js';
import { OTHER_PATHS } from './otherPaths.js';
import { COMPONENTS } from './schemaParts.js';
import { errorSchema } from './schemas.js';

const ERRORS = {
  400: 'A parameter has a value that it cannot have, or the question is too wide: the message says which one to ask',
  401: 'Sign in first',
  403: 'Whoever asks may not see this',
  404: 'What was asked for by its id is not there, or not in this time',
  500: 'The query failed; the server log says why',
  503: 'The database cannot be reached',
} as const;

/**
 * The admin's JSON API as an OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.1.html).
 *
 * @param endpoint Where it is found.
 */
export function openApiDocument(endpoint: string): object {
  const { schemas } = z.toJSONSchema(COMPONENTS, { uri: reference, io: 'input' });
  return {
    openapi: '3.1.0',
    info: {
      title: 'RUM admin',
      version: '1',
      description:
        'What the admin of @rumkit/next-rum shows, as JSON. Every request is authorised as the admin itself is, by ' +
        'defineRum({ authorize }). Times are epoch milliseconds, vitals milliseconds and CLS unitless.',
    },
    servers: [{ url: endpoint }],
    paths: pathsOf(),
    components: {
      securitySchemes: { share: { type: 'apiKey', in: 'header', name: 'x-rum-share' } },
      schemas: Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, bare(schema)])),
    },
  };
}

function pathsOf(): { readonly [path: string]: object } {
  const paths: { [path: string]: object } = {};
  for (const [path, operation] of Object.entries(OPERATIONS))
    paths[path] = { get: describe(path, operation) };
  for (const [path, operation] of Object.entries(SHARED_OPERATIONS)) {
    paths[path] = { get: { ...describe(path, operation), security: [{ share: [] }] } };
  }
  for (const [path, change] of Object.entries(CHANGES)) {
    paths[path] = { ...paths[path], post: describeChange(path, change) };
  }
  return { ...paths, ...OTHER_PATHS };
}

function describeChange(path: string, { summary, body, answer }: ChangeOperation): object {
  const { responses } = describe(path, { summary, parameters: {}, answer }) as { readonly responses: object };
  const conflict = { 'application/json': { schema: { $ref: reference(idOf(errorSchema)) } } };
  return {
    operationId: `${operationOf(path)}-change`,
    summary,
    requestBody: {
      required: true,
      content: { 'application/json': { schema: bare(z.toJSONSchema(body, { io: 'input' })) } },
    },
    responses: {
      ...responses,
      409: { description: 'Somebody else was faster, or there are too many', content: conflict },
    },
  };
}

function operationOf(path: string): string {
  return path.replace(/^\/admin\//, '').replaceAll('/', '-');
}

function describe(path: string, { summary, parameters, answer }: Operation): object {
  const content = { 'application/json': { schema: schemaOf(answer) } };
  const files = {
    'text/csv': { schema: { type: 'string' } },
    'application/x-ndjson': { schema: { type: 'string' } },
  };
  const error = { 'application/json': { schema: { $ref: reference(idOf(errorSchema)) } } };
  return {
    operationId: operationOf(path),
    summary,
    parameters: Object.entries(parameters).map(([name, schema]) => {
      const { description, ...rest } = bare(z.toJSONSchema(schema, { io: 'input' }));
      return {
        name,
        in: 'query',
        // One that has a default may be left out.
        required: !schema.safeParse(undefined).success,
        ...(description !== undefined && { description }),
        schema: rest,
      };
    }),
    responses: {
      200: { description: summary, content: { ...content, ...('format' in parameters && files) } },
      ...Object.fromEntries(
        Object.entries(ERRORS).map(([status, description]) => [status, { description, content: error }]),
      ),
    },
  };
}

function reference(id: string): string {
  return `#/components/schemas/${id}`;
}

function schemaOf(schema: z.ZodType): object {
  if (!(schema instanceof z.ZodUnion)) return { $ref: reference(idOf(schema)) };
  return { anyOf: schema.options.map((option) => schemaOf(option as z.ZodType)) };
}

function idOf(schema: z.ZodType): string {
  return COMPONENTS.get(schema)?.id ?? '';
}

/** Without what only a schema that stands alone says of itself. */
function bare(schema: object): { readonly description?: string; readonly [keyword: string]: unknown } {
  const {
    $schema: _dialect,
    $id: _id,
    id: _name,
    ...rest
  } = schema as { readonly [keyword: string]: unknown };
  return rest;
}
