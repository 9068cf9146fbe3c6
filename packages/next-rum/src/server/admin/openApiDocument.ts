import { z } from 'zod';
import { OWN_HOST, REQUEST_KINDS } from '../../analysis/requests/requestKey.js';
import { TIMING_KINDS } from '../../analysis/timings/timingsOf.js';
import { COLUMN_DIMENSIONS, NAMED_DIMENSIONS } from '../../store/filters.js';
import { VITAL_NAMES } from '../../store/rows.js';
import { ADMIN_PATHS } from '../api.js';
import { PANEL_CHARTS, PANEL_METRICS } from '../board.js';
import {
  AUDIENCES,
  COMPARISONS,
  DEFAULT_QUESTION,
  MAX_FILTER_LENGTH,
  MAX_FILTER_TEXT,
  MAX_FILTER_VALUES,
  RANGES,
} from '../question.js';
import { ACTION_TABLES } from './actions.js';
import { actionsSchema, timingsSchema } from './activitySchemas.js';
import { alertChange, alertOperations } from './alertSchemas.js';
import { comparisonOperations } from './comparisonSchemas.js';
import { errorDetailSchema, errorsSchema } from './errorSchemas.js';
import { insightChange, insightOperations } from './insightSchemas.js';
import type { Operation } from './operation.js';
import { pathOperations } from './pathOperations.js';
import { requestSchema, requestsSchema } from './requestSchemas.js';
import {
  boardChange,
  boardSchema,
  boardsSchema,
  changesSchema,
  markersSchema,
  noteChange,
  panelSchema,
  savedSchema,
  savedViewChange,
  savedViewsSchema,
  settingsChange,
  settingsSchema,
  shareChange,
  sharedSchema,
  shareSchema,
  sharesSchema,
} from './savedSchemas.js';
import { COMPONENTS } from './schemaParts.js';
import {
  breakdownSchema,
  causesSchema,
  errorSchema,
  liveSchema,
  overviewSchema,
  valuesSchema,
  vitalSchema,
} from './schemas.js';
import { FORMATS } from './table.js';
import { trendOperations } from './trendSchemas.js';

/** As a filter names it. */
const ANY_DIMENSION = `(${NAMED_DIMENSIONS.join('|')}|property\\.[^:]+)`;

/** Parameters of a question, all of them optional. */
const QUESTION = {
  range: z.enum(RANGES).default('24h').describe('A span that ends now. Not together with from and to.'),
  from: z.int().min(0).describe('Begin of a span of one’s own, epoch ms; together with to.'),
  to: z.int().min(0).describe('Its end, epoch ms: at least a minute after from, and at most 396 days.'),
  compare: z
    .enum(COMPARISONS)
    .default(DEFAULT_QUESTION.compare)
    .describe('What the answer is set against: the span right before, or the same one a week earlier.'),
  audience: z.enum(AUDIENCES).default(DEFAULT_QUESTION.audience).describe('Whose views.'),
  filter: z
    .array(
      z
        .string()
        .regex(new RegExp(`^!?${ANY_DIMENSION}:`))
        .max(MAX_FILTER_TEXT),
    )
    .max(MAX_FILTER_VALUES)
    .describe(
      'Keeps views with a value, as in country:DE, or leaves them out, as in !browser:Firefox. Values of one dimension add up, ' +
        'filters of several must all hold. Nothing after the colon: views without a value. A custom property is property. and its ' +
        'name, colons in which are written as %3A, as in property.plan:pro; user needs privacy consent.',
    ),
};

const METRIC = { metric: z.enum(VITAL_NAMES).default('lcp') };
const DIMENSION = { dimension: z.enum(COLUMN_DIMENSIONS).default('route') };
const FORMAT = {
  format: z.enum(FORMATS).default('json').describe('csv, ndjson: only the rows, as a file to keep.'),
};

/** Of every data route, by its path below the endpoint. */
export const OPERATIONS: { readonly [path: string]: Operation } = {
  [ADMIN_PATHS.overview]: {
    summary: 'Totals, vitals and traffic',
    parameters: QUESTION,
    answer: overviewSchema,
  },
  [ADMIN_PATHS.vital]: {
    summary: 'One vital: its distribution, and its percentiles over time',
    parameters: { ...METRIC, ...QUESTION },
    answer: vitalSchema,
  },
  [ADMIN_PATHS.breakdown]: {
    summary: 'Views and vitals by the values of a dimension, most views first',
    parameters: { ...DIMENSION, ...QUESTION, ...FORMAT },
    answer: breakdownSchema,
  },
  [ADMIN_PATHS.values]: {
    summary: 'What a filter may be set to, most views first; filters of the same dimension are not applied',
    parameters: {
      dimension: z
        .string()
        .regex(new RegExp(`^(${ANY_DIMENSION}|property)$`))
        .default('route')
        .describe('As a filter has it, or property: what custom properties are called.'),
      search: z.string().max(MAX_FILTER_LENGTH).describe('Is to be found in the value, whatever its case.'),
      ...QUESTION,
      ...FORMAT,
    },
    answer: valuesSchema,
  },
  [ADMIN_PATHS.causes]: {
    summary:
      'Why a vital is as it is, from what browsers told of the latest views that have it, at most 10,000',
    parameters: { ...METRIC, ...QUESTION, ...FORMAT },
    answer: causesSchema,
  },
  [ADMIN_PATHS.errors]: {
    summary: 'Errors that are alike as groups, most first, at most 200',
    parameters: { ...QUESTION, ...FORMAT },
    answer: errorsSchema,
  },
  [ADMIN_PATHS.error]: {
    summary: 'One group of errors: how often, where and for whom, and what its latest 2,000 events say',
    parameters: {
      fingerprint: z
        .string()
        .regex(/^[0-9a-f]{16}$/)
        .describe('As the list of groups has it. Always needed.'),
      ...QUESTION,
    },
    answer: errorDetailSchema,
  },
  [ADMIN_PATHS.savedViews]: {
    summary: 'Pages of the admin that somebody gave a name',
    parameters: {},
    answer: savedViewsSchema,
  },
  [ADMIN_PATHS.markers]: {
    summary: 'What happened in a range: releases that were first seen, and notes; filters are not applied',
    parameters: QUESTION,
    answer: markersSchema,
  },
  [ADMIN_PATHS.changes]: {
    summary: 'Who changed what in the admin, latest first, at most 500',
    parameters: FORMAT,
    answer: changesSchema,
  },
  [ADMIN_PATHS.boards]: { summary: 'All boards, by name', parameters: {}, answer: boardsSchema },
  [ADMIN_PATHS.board]: {
    summary: 'One board',
    parameters: { id: z.string().describe('As the list of boards has it. Always needed.') },
    answer: boardSchema,
  },
  [ADMIN_PATHS.panel]: {
    summary: 'What one panel of a board shows',
    parameters: {
      metric: z.enum(PANEL_METRICS).default('views'),
      dimension: z.enum(COLUMN_DIMENSIONS).describe('Left out: of all views together.'),
      chart: z.enum(PANEL_CHARTS).describe('By default the first that can draw it.'),
      ...QUESTION,
    },
    answer: panelSchema,
  },
  [ADMIN_PATHS.shares]: {
    summary: 'Links that open a board, latest first',
    parameters: {},
    answer: sharesSchema,
  },
  [ADMIN_PATHS.settings]: { summary: 'What is in force', parameters: {}, answer: settingsSchema },
  [ADMIN_PATHS.requests]: {
    summary: 'What pages asked for and loaded, by template and by host, of the latest 20,000',
    parameters: {
      kind: z.enum(REQUEST_KINDS).default('all').describe('What scripts ask for, or files that pages load.'),
      host: z
        .string()
        .max(MAX_FILTER_LENGTH)
        .describe(`Only of this host; ${OWN_HOST}: of the page’s own origin.`),
      initiator: z.string().max(MAX_FILTER_LENGTH).describe('Only of this one, such as fetch or img.'),
      ...QUESTION,
      ...FORMAT,
    },
    answer: requestsSchema,
  },
  [ADMIN_PATHS.request]: {
    summary: 'Requests of one template: how long they take, what became of them, who makes them',
    parameters: {
      key: z
        .string()
        .regex(/^[0-9a-f]{16}$/)
        .describe('As the list of requests has it. Always needed.'),
      ...QUESTION,
    },
    answer: requestSchema,
  },
  ...pathOperations(QUESTION, FORMAT),
  ...insightOperations(QUESTION, FORMAT),
  ...comparisonOperations(QUESTION, FORMAT),
  ...trendOperations(QUESTION, FORMAT),
  ...alertOperations(FORMAT),
  [ADMIN_PATHS.actions]: {
    summary: 'What visitors did and what of it was frustrating, of the latest 20,000 actions',
    parameters: {
      table: z.enum(ACTION_TABLES).default('actions').describe('Which rows a file has.'),
      ...QUESTION,
      ...FORMAT,
    },
    answer: actionsSchema,
  },
  [ADMIN_PATHS.timings]: {
    summary: 'How long renders, queries, what the app measures, and long tasks take, of the latest 20,000',
    parameters: {
      timing: z
        .enum(['all', ...TIMING_KINDS])
        .default('all')
        .describe('Only of this kind.'),
      ...QUESTION,
      ...FORMAT,
    },
    answer: timingsSchema,
  },
  [ADMIN_PATHS.live]: {
    summary: 'The last 30 minutes: who is there, the latest views and what visitors did',
    parameters: {
      audience: QUESTION.audience,
      filter: QUESTION.filter,
      stream: z
        .literal('')
        .optional()
        .describe(
          'Given: the same every second, as the data of server-sent events; only `now` where nothing changed.',
        ),
    },
    answer: liveSchema,
  },
};

interface ChangeOperation {
  readonly summary: string;
  readonly body: z.ZodType;
  readonly answer: z.ZodType;
}

/** What an admin changes, by path. */
export const CHANGES: { readonly [path: string]: ChangeOperation } = {
  [ADMIN_PATHS.alerts]: {
    summary: 'Send a message that nothing is the matter, to see whether it arrives',
    body: alertChange,
    answer: savedSchema,
  },
  [ADMIN_PATHS.insights]: {
    summary:
      'Let nobody be told of an incident, or of what a change made, for some hours, or let it be told again',
    body: insightChange,
    answer: savedSchema,
  },
  [ADMIN_PATHS.savedViews]: {
    summary: 'Save a page under a name, or remove one',
    body: savedViewChange,
    answer: savedSchema,
  },
  [ADMIN_PATHS.notes]: {
    summary: 'Note something of a moment, or remove a note',
    body: noteChange,
    answer: savedSchema,
  },
  [ADMIN_PATHS.boards]: { summary: 'Save a board, or remove one', body: boardChange, answer: savedSchema },
  [ADMIN_PATHS.shares]: {
    summary: 'Make a link that opens a board without a sign-in, or revoke one',
    body: shareChange,
    answer: z.union([shareSchema, savedSchema]),
  },
  [ADMIN_PATHS.settings]: {
    summary: 'Set whose batches and which pages are left out',
    body: settingsChange,
    answer: savedSchema,
  },
};

/** What a share link opens, by path. */
export const SHARED_OPERATIONS: { readonly [path: string]: Operation } = {
  [ADMIN_PATHS.shared]: { summary: 'The board that a link opens', parameters: {}, answer: sharedSchema },
  [ADMIN_PATHS.sharedPanel]: {
    summary: 'What one of its panels shows',
    parameters: { id: z.string().describe('Of the panel. Always needed.') },
    answer: panelSchema,
  },
};

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
  return paths;
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
        required: false,
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
