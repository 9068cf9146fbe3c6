import { z } from 'zod';
import { FOLLOWED_METRICS } from '../../analysis/comparison/daySeries.js';
import { ADMIN_PATHS, type TrendsResponse } from '../api.js';
import { estimate, side } from './comparisonSchemas.js';
import type { Operation } from './operation.js';
import { component, count, range, time } from './schemaParts.js';

const value = z.number().describe('p75 of a vital, ms (CLS unitless), errors a view, or views.');
const told = {
  id: z.string(),
  metric: z.enum(FOLLOWED_METRICS),
  route: z.string().nullable().describe('Null: all views.'),
  alike: z.array(z.string()).describe('Routes on which it is the same, most views first.'),
  days: z.array(z.object({ t: time, value, n: count })).describe('UTC days with enough views, in order.'),
  n: count.describe('Views that it is told from.'),
  affected: z
    .int()
    .describe(
      'Slow views, missing views or errors a day beyond what was so before; less than 0 where there are fewer.',
    ),
  p: z.number(),
  snoozedUntil: time.nullable(),
};

const trendsSchema: z.ZodType<TrendsResponse> = component(
  'Trends',
  z.object({
    range,
    madeAt: time.describe('When it was looked for: up to an hour ago, for the days before today.'),
    since: time.describe('Begin of the first day with views, epoch ms.'),
    until: time.describe('End of the last day.'),
    days: count.describe('With views.'),
    routes: count.describe('That were followed besides the whole site.'),
    tests: count.describe('Trends and shifts that were looked for.'),
    findings: z
      .array(
        z.discriminatedUnion('kind', [
          z.object({
            ...told,
            kind: z.literal('trend'),
            slope: estimate.describe('A week.'),
            first: z.number().describe('Of the line on the first day.'),
            last: z.number(),
          }),
          z.object({
            ...told,
            kind: z.literal('shift'),
            at: time.describe('Likeliest day.'),
            from: time.describe('With 95 % it is from this day to the other.'),
            to: time,
            before: side,
            after: side,
          }),
        ]),
      )
      .describe('For the worse before for the better, those that affect most first; at most 20.'),
  }),
);

type Parameters = Operation['parameters'];

/** Of the data route about what changes over the weeks, by its path below the endpoint. */
export function trendOperations(
  question: Parameters,
  format: Parameters,
): { readonly [path: string]: Operation } {
  return {
    [ADMIN_PATHS.trends]: {
      summary: 'What rose, fell or changed its level in the 56 finished UTC days before the end of the time',
      parameters: { ...question, ...format },
      answer: trendsSchema,
    },
  };
}
