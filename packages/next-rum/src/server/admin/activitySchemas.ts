import { z } from 'zod';
import { FRUSTRATIONS } from '../../analysis/actions/actionsOf.js';
import type { Durations, Median } from '../../analysis/durations.js';
import { TIMING_KINDS } from '../../analysis/timings/timingsOf.js';
import type { ActionsResponse, TimingsResponse } from '../api.js';
import { sampledTold } from './errorSchemas.js';
import { component, count, range } from './schemaParts.js';

/** ms */
export const duration: z.ZodType<number | null> = z.number().min(0).nullable();

export const share: z.ZodType<number | null> = z.number().min(0).max(1).nullable();

export const shareInterval: z.ZodType<readonly [number, number] | null> = z
  .tuple([z.number().min(0).max(1), z.number().min(0).max(1)])
  .nullable()
  .describe('95 % confidence interval, by Wilson’s score.');

const anyInterval = z.tuple([z.number(), z.number()]).nullable();
const durationInterval: z.ZodType<readonly [number, number] | null> = anyInterval.describe(
  '95 % confidence interval of p75 by order statistics. Null where there are fewer than 11.',
);

export const durations: z.ZodType<Durations> = component(
  'Durations',
  z.object({
    n: count,
    p50: duration,
    p75: duration,
    p95: duration,
    interval: durationInterval,
    intervals: z
      .object({ p50: anyInterval, p95: anyInterval })
      .describe('The same of the others. Null where there are too few.'),
    total: z.number().min(0).describe('All together, ms.'),
  }),
);

export const median: z.ZodType<Median | null> = z
  .object({ median: z.number(), interval: anyInterval })
  .nullable()
  .describe('With its 95 % confidence interval, null where there are fewer than 6.');

export const durationBefore: z.ZodType<Pick<Durations, 'p75' | 'interval' | 'n'>> = z.object({
  p75: duration,
  interval: durationInterval,
  n: count,
});

export const histogram: z.ZodType<
  readonly { readonly low: number; readonly high: number; readonly n: number }[]
> = component(
  'DurationHistogram',
  z
    .array(z.object({ low: z.number(), high: z.number(), n: count }))
    .describe('With low < duration <= high; the first also has those that are low.'),
);

const reach = {
  visits: count.describe('Runs of actions of one visitor without 30 minutes of silence.'),
  visitors: count,
  views: count,
};
const template = { name: z.string(), kind: z.string(), target: z.string(), route: z.string() };
const affected = component('Affected', z.object({ visits: count, interval: shareInterval }));
const compared = durationBefore.nullable();

export const actionsSchema: z.ZodType<ActionsResponse> = component(
  'Actions',
  z.object({
    range,
    told: sampledTold,
    ...reach,
    affected: z
      .object({ any: affected, rage: affected, dead: affected, error: affected })
      .describe('Visits that met a frustration.'),
    rows: z.array(
      z.object({
        ...template,
        n: count,
        ...reach,
        duration: durations.describe('Until the page settled, of those that something came of.'),
        navigated: count.describe('That led to another view.'),
        navigatedInterval: shareInterval,
        requests: count,
        errors: count,
        rage: count,
        dead: count,
        error: count,
        compared,
      }),
    ),
    frustrations: z.array(
      z.object({
        frustration: z.enum(FRUSTRATIONS),
        ...template,
        n: count,
        ...reach,
        interval: shareInterval,
      }),
    ),
    truncated: z.boolean(),
  }),
);

export const timingsSchema: z.ZodType<TimingsResponse> = component(
  'Timings',
  z.object({
    range,
    told: sampledTold,
    kinds: z.array(z.object({ kind: z.enum(TIMING_KINDS), n: count })),
    rows: z.array(
      z.object({
        kind: z.enum(TIMING_KINDS),
        name: z.string(),
        part: z.string().describe('Of renders mount or update, of queries query or mutation.'),
        route: z.string(),
        times: z.number().min(0).describe('An event may tell of several.'),
        duration: durations.describe('Of one time.'),
        total: z.number().min(0).describe('All together, ms.'),
        blocked: z.number().min(0).describe('Of long tasks: in which the page could not answer, ms.'),
        failed: count,
        cancelled: count,
        cacheHits: z.number().min(0).describe('Of queries: served from the cache without asking.'),
        views: count,
        visitors: count,
        compared,
      }),
    ),
    truncated: z.boolean(),
  }),
);
