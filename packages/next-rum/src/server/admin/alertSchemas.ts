import { z } from 'zod';
import { WEEKDAYS } from '../../analysis/rules/alertSchedule.js';
import { ADMIN_PATHS, type AlertChange, type AlertsResponse } from '../api.js';
import type { Operation } from './operation.js';
import { component, count, time } from './schemaParts.js';

const MAX_MUTE_HOURS = 24 * 90;
const name = z.string().max(40);

export const alertChange: z.ZodType<AlertChange> = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('test'), notifier: name.describe('Its name.') }),
  z.strictObject({
    do: z.literal('mute'),
    rule: name.describe('Its name.'),
    hours: z.int().min(1).max(MAX_MUTE_HOURS).describe('For how long nobody is told by it.'),
  }),
  z.strictObject({ do: z.literal('unmute'), rule: name }),
]);

const alertsSchema: z.ZodType<AlertsResponse> = component(
  'Alerts',
  z.object({
    notifiers: z.array(z.string()).describe('By name.'),
    rules: z.array(
      z.object({
        name: z.string(),
        kind: z.enum(['anomaly', 'threshold', 'budget', 'newError', 'regressedError']),
        says: z.string().describe('In words.'),
        schedule: z
          .array(z.object({ days: z.array(z.enum(WEEKDAYS)).optional(), from: z.string(), to: z.string() }))
          .describe('When somebody may be told; empty: always.'),
        nextWindow: time.nullable().describe('When somebody may be told next; null: now.'),
        mutedUntil: time.nullable(),
        open: z
          .array(z.object({ id: z.string(), openedAt: time }))
          .describe('Its open incidents, latest first.'),
        sent: count.describe('Of the messages listed.'),
        lastSentAt: time.nullable(),
      }),
    ),
    judgedUntil: time.nullable().describe('End of the last hour that was judged.'),
    timeZone: z.string().describe('By whose clock schedules are read.'),
    notices: z
      .array(
        z.object({
          id: z.string(),
          notifier: z.string(),
          kind: z.enum(['opened', 'resolved', 'test', 'report']),
          incident: z.string().nullable().describe('Null of a test.'),
          createdAt: time,
          dueAt: time.describe('Not to be sent before, epoch ms.'),
          attempts: count,
          state: z.enum(['waiting', 'sent', 'muted', 'over', 'failed']),
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
