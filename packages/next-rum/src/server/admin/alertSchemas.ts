import { z } from 'zod';
import { WATCHED_METRICS } from '../../analysis/insights/watchedIncident.js';
import { ADMIN_PATHS, type AlertChange, type AlertsResponse } from '../api.js';
import type { Operation } from './operation.js';
import { component, count, time } from './schemaParts.js';

export const alertChange: z.ZodType<AlertChange> = z.strictObject({
  do: z.literal('test'),
  notifier: z.string().max(40).describe('Its name.'),
});

const alertsSchema: z.ZodType<AlertsResponse> = component(
  'Alerts',
  z.object({
    notifiers: z.array(z.string()).describe('By name.'),
    rules: z
      .array(
        z.object({
          metrics: z.array(z.enum(WATCHED_METRICS)).nullable().describe('Null: all.'),
          minAffected: count.describe('Views beyond what is usual.'),
        }),
      )
      .describe('One of them must hold.'),
    notices: z
      .array(
        z.object({
          id: z.string(),
          notifier: z.string(),
          kind: z.enum(['opened', 'resolved', 'test']),
          incident: z.string().nullable().describe('Null of a test.'),
          createdAt: time,
          dueAt: time.describe('Not to be sent before, epoch ms.'),
          attempts: count,
          state: z.enum(['waiting', 'sent', 'muted', 'failed']),
          finishedAt: time.nullable(),
          error: z.string().nullable().describe('Why the last attempt failed.'),
        }),
      )
      .describe('Latest first, at most 200.'),
    truncated: z.boolean(),
  }),
);

/** Of who is told of incidents. */
export function alertOperations(format: Operation['parameters']): { readonly [path: string]: Operation } {
  return {
    [ADMIN_PATHS.alerts]: {
      summary: 'Who is told of incidents, and what they were told of late',
      parameters: format,
      answer: alertsSchema,
    },
  };
}
