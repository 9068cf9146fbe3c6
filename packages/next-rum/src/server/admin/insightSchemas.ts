import { z } from 'zod';
import { type IncidentCause, WATCHED_METRICS } from '../../analysis/insights/watchedIncident.js';
import { ADMIN_PATHS, type InsightChange, type InsightResponse, type InsightsResponse } from '../api.js';
import type { Operation } from './operation.js';
import { component, count, range, time } from './schemaParts.js';

/** Of an incident, or of what a rule found. */
export const INCIDENT_ID: RegExp = /^[\w.-]{1,120}$/;
/** Of what a change made, or of a trend: nothing is stored of it, so that any may be snoozed. */
export const FINDING_ID: RegExp = /^(change|trend)-[0-9a-f]{16}$/;
const REQUEST_KEY = /^[0-9a-f]{16}$/;
const id = z.string().regex(INCIDENT_ID);
const MAX_SNOOZE_HOURS = 24 * 90;

export const insightChange: z.ZodType<InsightChange> = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('snooze'),
    id,
    hours: z.int().min(1).max(MAX_SNOOZE_HOURS).describe('For how long nobody is told of it.'),
  }),
  z.strictObject({ do: z.literal('wake'), id }),
]);

const where = z
  .record(z.string(), z.string())
  .describe(
    'Values by dimension; empty: the whole site. Besides dimensions of filters: element, resource, and api, the call that was slow.',
  );
const figure = z.object({
  p75: z.number().nullable(),
  interval: z.tuple([z.number(), z.number()]).nullable().describe('95 %, by order statistics.'),
  n: count,
});
const counts = {
  n: count.describe('Samples; of traffic 0.'),
  count: z.number().describe('Of these over the threshold, or with an error; of traffic, views.'),
  expected: z.number().describe('How many would be usual.'),
};
export const causes: z.ZodType<readonly IncidentCause[]> = z
  .array(
    z.object({
      places: z.array(where),
      ...counts,
      share: z.number().describe('Of the whole rise, 0–1; more where it fell elsewhere.'),
      request: z
        .string()
        .regex(REQUEST_KEY)
        .optional()
        .describe('Where the first place names a call: its key, as of a request.'),
    }),
  )
  .describe('Likeliest first, at most three.');
const metric = z.enum(WATCHED_METRICS);
const rule = z
  .object({
    name: z.string(),
    kind: z.enum(['threshold', 'budget', 'newError', 'regressedError']),
    share: z.number().describe('Of the views that may be bad, 0–1; of a rule about errors 0.'),
  })
  .nullable()
  .describe('That held; null where it is not as usual.');
const insightShape = {
  id,
  metric,
  rule,
  began: time,
  openedAt: time.describe('When it was noticed, epoch ms.'),
  ended: time.nullable().describe('Null while it is not over.'),
  updatedAt: time.describe('End of the last hour that is told of, epoch ms.'),
  affected: count.describe('Views beyond what is usual.'),
  where,
  threshold: z.number().nullable().describe('What a quarter of the views usually exceed; ms, CLS unitless.'),
  ...counts,
  usual: figure.nullable().describe('Of vitals: of the week before.'),
  observed: figure.nullable().describe('Of vitals: since it began.'),
  causes,
  errors: z
    .array(
      z.object({
        fingerprint: z.string(),
        title: z.string().nullable().describe('Null where no single one was kept.'),
        events: count.describe('Until it was noticed.'),
        visitors: count.describe('Different ones, among its latest thousand.'),
        firstSeen: time,
        lastBefore: time.nullable().describe('Before it was gone; null of one that was never seen.'),
        route: z.string().nullable().describe('Of most of them.'),
        release: z.string().nullable().describe('Of most of them.'),
      }),
    )
    .describe('Of a rule about errors: what came up together, most events first.'),
  explainedFrom: count.nullable().describe('From how many single views the causes were told.'),
  release: z
    .object({ release: z.string(), at: time })
    .nullable()
    .describe('First seen shortly before it was noticed.'),
  partOf: id
    .nullable()
    .describe('Id of the first of those that are one; null of that one, and of one by itself.'),
  together: z
    .array(z.object({ id, metric, where, rule }))
    .describe(
      'Those that are one with it, of other metrics: they began at about the same time, and nowhere else.',
    ),
  snoozedUntil: time.nullable(),
};

const insightsSchema: z.ZodType<InsightsResponse> = component(
  'Insights',
  z.object({
    range,
    watched: z.object({ since: time, until: time, timeZone: z.string() }).nullable(),
    open: count.describe(
      'Open now and not snoozed, whatever the time and the filters; those that are one count once.',
    ),
    insights: z.array(z.object(insightShape)),
    truncated: z.boolean(),
  }),
);

const insightSchema: z.ZodType<InsightResponse> = component(
  'Insight',
  z.object({
    ...insightShape,
    hours: z
      .array(
        z.object({
          t: time,
          ...counts,
          low: z.number().describe('95 of 100 such hours have at least so many.'),
          high: z.number(),
        }),
      )
      .describe('Those of two days before it too, at most the latest 384.'),
  }),
);

type Parameters = Operation['parameters'];

/** Of the data routes about what was unusual, by their paths below the endpoint. */
export function insightOperations(
  question: Parameters,
  format: Parameters,
): { readonly [path: string]: Operation } {
  return {
    [ADMIN_PATHS.insights]: {
      summary: 'What was unusual, open ones first, then by how many views it affects, at most 100',
      parameters: { ...question, ...format },
      answer: insightsSchema,
    },
    [ADMIN_PATHS.insight]: {
      summary: 'One of them, with its hours',
      parameters: { id },
      answer: insightSchema,
    },
  };
}
