import { ADMIN_PATHS } from '../api.js';

const ERROR = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } };
const STATUS = { type: 'string', enum: ['ok', 'degraded', 'draining', 'unavailable'] };
const HEALTH = {
  'application/json': {
    schema: { type: 'object', required: ['status'], properties: { status: STATUS } },
  },
};

/** What is no data route: how the collector is, and the sign-in form's own routes. */
export const OTHER_PATHS: { readonly [path: string]: object } = {
  [ADMIN_PATHS.health]: {
    get: {
      operationId: 'health',
      summary: 'Whether batches are taken, for anyone; with details what became of all that was sent',
      security: [],
      parameters: [
        {
          name: 'details',
          in: 'query',
          required: false,
          allowEmptyValue: true,
          description: 'Given: all that docs/operations.md names, for whoever may open the admin.',
          schema: { type: 'string' },
        },
      ],
      responses: {
        200: {
          description: 'Batches are taken; degraded: a job failed or lags, or some details could not be read',
          content: HEALTH,
        },
        401: { description: 'With details: sign in first', content: ERROR },
        403: { description: 'With details: whoever asks may not see this', content: ERROR },
        503: { description: 'No batch would be taken', content: HEALTH },
      },
    },
  },
  [ADMIN_PATHS.signIn]: {
    post: {
      operationId: 'sign-in',
      summary: 'Sign in by password, from the admin page itself',
      security: [],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: { type: 'object', required: ['password'], properties: { password: { type: 'string' } } },
          },
        },
      },
      responses: {
        200: {
          description: 'Signed in; a cookie says so',
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['role'],
                properties: { role: { type: 'string', enum: ['viewer', 'admin'] } },
              },
            },
          },
        },
        400: { description: 'The body is none', content: ERROR },
        401: { description: 'The password is wrong', content: ERROR },
        403: { description: 'Asked from another site', content: ERROR },
        404: { description: 'This admin has no sign-in form of its own', content: ERROR },
        429: { description: 'Too many attempts; Retry-After says when to come again', content: ERROR },
      },
    },
  },
  [ADMIN_PATHS.signOut]: {
    post: {
      operationId: 'sign-out',
      summary: 'Sign out',
      security: [],
      responses: {
        204: { description: 'Signed out' },
        403: { description: 'Asked from another site', content: ERROR },
        404: { description: 'This admin has no sign-in form of its own', content: ERROR },
      },
    },
  },
};
