import { z } from 'zod';
import { ADMIN_PATHS, MAX_SESSION_VIEWS, SESSION_TROUBLES } from '../api.js';
import type { Operation } from './operation.js';
import { sessionSchema, sessionsSchema } from './pathSchemas.js';

type Parameters = Operation['parameters'];

/** Of the data routes about what visitors did one after the other, by their paths below the endpoint. */
export function pathOperations(
  question: Parameters,
  format: Parameters,
): { readonly [path: string]: Operation } {
  return {
    [ADMIN_PATHS.sessions]: {
      summary: 'The latest sessions that began in a range, at most 100, among the latest 30,000 views',
      parameters: {
        with: z
          .array(z.enum(SESSION_TROUBLES))
          .describe('Only sessions with all of these: errors, frustrated actions, a poor vital.'),
        views: z
          .int()
          .min(1)
          .max(MAX_SESSION_VIEWS)
          .default(1)
          .describe('Only sessions of at least so many views.'),
        ...question,
        ...format,
      },
      answer: sessionsSchema,
    },
    [ADMIN_PATHS.session]: {
      summary: 'The session that a view is part of, in full',
      parameters: {
        id: z.uuid().describe('Of the view; a session has that of its first one. Always needed.'),
        audience: question.audience ?? z.string(),
      },
      answer: sessionSchema,
    },
  };
}
