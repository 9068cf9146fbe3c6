import { z } from 'zod';
import { COMPARED_METRICS, type SideFigure } from '../../analysis/comparison/testSides.js';
import type { Estimate } from '../../analysis/statistics/differenceInterval.js';
import { ADMIN_PATHS, type ComparisonsResponse } from '../api.js';
import { causes } from './insightSchemas.js';
import type { Operation } from './operation.js';
import { component, count, range, time } from './schemaParts.js';

export const estimate: z.ZodType<Estimate> = z
  .object({ value: z.number(), low: z.number(), high: z.number() })
  .describe('With its 95 % interval.');
export const side: z.ZodType<SideFigure> = z.object({
  n: count,
  value: estimate
    .nullable()
    .describe('p75 of a vital, ms (CLS unitless), or share of views with an error, 0–1.'),
});
const test = {
  metric: z.enum(COMPARED_METRICS),
  route: z.string().nullable().describe('Null: all.'),
  basis: z
    .enum(['same time', 'same hour of other days'])
    .describe('Which views without the change those with it are compared with.'),
  without: side,
  with: side,
  difference: estimate.nullable(),
  odds: estimate.describe('By what the odds of a slow view, or of one with an error, are multiplied.'),
  p: z.number(),
  affected: z.int().describe('Views beyond what is so without it; less than 0 where there are fewer.'),
};

const comparisonsSchema: z.ZodType<ComparisonsResponse> = component(
  'Comparisons',
  z.object({
    range,
    madeAt: time.describe(
      'When it was looked for: up to an hour ago, where nothing is filtered and the time is not over.',
    ),
    changes: z.array(
      z.object({
        kind: z.enum(['release', 'flag']),
        name: z.string(),
        variant: z.string().nullable().describe('Of a flag.'),
        against: z.string().nullable().describe('Release, or variant, that it is compared with.'),
        since: time,
        until: time,
        views: z.object({ new: count, old: count, before: count }).describe('That were read.'),
        complete: z.boolean().describe('Whether that were all since then.'),
        tests: count.describe('Differences that were looked for.'),
        site: z.array(z.object(test)),
        findings: z
          .array(z.object({ ...test, id: z.string(), causes, snoozedUntil: time.nullable() }))
          .describe('For the worse before for the better, those that affect most first.'),
      }),
    ),
  }),
);

type Parameters = Operation['parameters'];

/** Of the data route about what releases and flags made, by its path below the endpoint. */
export function comparisonOperations(
  question: Parameters,
  format: Parameters,
): { readonly [path: string]: Operation } {
  return {
    [ADMIN_PATHS.comparisons]: {
      summary: 'What the latest releases and flags changed: of at most 10,000 views since a release',
      parameters: { ...question, ...format },
      answer: comparisonsSchema,
    },
  };
}
