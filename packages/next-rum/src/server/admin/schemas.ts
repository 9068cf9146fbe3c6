import { z } from 'zod';
import { COLUMN_DIMENSIONS } from '../../store/filters.js';
import { VITAL_NAMES } from '../../store/rows.js';
import type {
  ApiError,
  BreakdownResponse,
  CausesResponse,
  Interval,
  LiveResponse,
  OverviewResponse,
  ValuesResponse,
  VitalFigures,
  VitalResponse,
} from '../api.js';
import { component, count, oneIn, range, seen, time } from './schemaParts.js';

const value = z.number().min(0).nullable();
const dimension = z.enum(COLUMN_DIMENSIONS);
const metric = z.enum(VITAL_NAMES);
const ofVitals = <Schema extends z.ZodType>(schema: Schema) =>
  z.object({ lcp: schema, inp: schema, cls: schema, fcp: schema, ttfb: schema });

const interval = z.tuple([z.number(), z.number()]).nullable();
export const p75Interval: z.ZodType<Interval | null> = interval.describe(
  '95 % confidence interval of p75 by order statistics. Null where there are fewer than 11 views.',
);

export const vitalFigures: z.ZodType<VitalFigures> = component(
  'VitalFigures',
  z.object({
    p75: value.describe('75th percentile by nearest rank: ms, CLS unitless. Null where n is 0.'),
    interval: p75Interval,
    n: count.describe('Views that have this vital.'),
    good: count,
    needsImprovement: count,
    poor: count,
  }),
);
const vitals = component('Vitals', ofVitals(vitalFigures));

const totals = component(
  'Totals',
  z.object({
    views: count,
    sessions: count.describe('Runs of views of one visitor without 30 minutes of silence.'),
    events: count,
    errors: count,
    sampleViews: count.describe('Views that are sample data.'),
  }),
);

const drawn = component(
  'Drawn',
  z
    .object({
      share: z
        .tuple([z.number(), z.number()])
        .describe('The least and the most of the shares of sessions drawn, 0–1.'),
      kept: count.describe('Views of sessions that were not drawn and are here because they met trouble.'),
      of: count.describe('Among so many: the latest of the range, at most 1,000.'),
    })
    .nullable()
    .describe(
      'Which sessions agents record: figures are of these, and are not multiplied. Null where all are recorded.',
    ),
);

const traffic = component('Traffic', z.array(z.object({ t: time, views: count, sessions: count })));

const percentilesShape = { p50: value, p75: value, p90: value, p95: value, p99: value };
const percentiles = component('Percentiles', z.object(percentilesShape));
const intervals = component(
  'PercentileIntervals',
  z
    .object({ p50: interval, p75: interval, p90: interval, p95: interval, p99: interval })
    .describe('95 %, by order statistics. Null where there are too few views.'),
);
const series = component(
  'VitalSeries',
  z
    .array(z.object({ t: time, until: time, n: count, interval: p75Interval, ...percentilesShape }))
    .describe(
      'Points, oldest first. Each spans as many buckets as have 30 views together, unless all together have fewer; what remains belongs to the last.',
    ),
);

export const overviewSchema: z.ZodType<OverviewResponse> = component(
  'Overview',
  z.object({
    range,
    oneIn,
    drawn,
    totals,
    vitals,
    traffic,
    compared: z.object({ from: time, to: time, totals, vitals, traffic }).nullable(),
    bots: z.object({
      mode: z.enum(['apart', 'counted']),
      views: count.describe('Views of bots in the range that are kept apart.'),
    }),
  }),
);

export const vitalSchema: z.ZodType<VitalResponse> = component(
  'Vital',
  z.object({
    range,
    oneIn,
    drawn,
    metric,
    figures: vitalFigures,
    percentiles,
    intervals,
    histogram: z
      .array(z.object({ low: z.number(), high: z.number(), n: count }))
      .describe('Views with low < value <= high; the first also has those that are low.'),
    series,
    compared: z.object({ from: time, to: time, figures: vitalFigures, percentiles, series }).nullable(),
  }),
);

export const breakdownSchema: z.ZodType<BreakdownResponse> = component(
  'Breakdown',
  z.object({
    range,
    oneIn,
    dimension,
    rows: z.array(
      z.object({
        value: z
          .string()
          .describe(
            'Empty: views that have none. (other): the rarest ones together; as a filter, only what the collector stored under that name.',
          ),
        views: count,
        vitals,
        compared: z
          .object({ views: count, vitals })
          .nullable()
          .describe('Null: nothing is compared, there was no view then, or that can no longer be told.'),
      }),
    ),
    truncated: z.boolean().describe('There are more values than these.'),
  }),
);

export const valuesSchema: z.ZodType<ValuesResponse> = component(
  'Values',
  z.object({
    dimension: z.string().describe('As a filter has it.'),
    values: z.array(z.object({ value: z.string(), views: count })),
    told: seen.nullable().describe('Which views were counted, the latest or a sample; null where all were.'),
  }),
);

export const causesSchema: z.ZodType<CausesResponse> = component(
  'Causes',
  z.object({
    range,
    metric,
    n: count.describe('Views that say why.'),
    since: time.describe('Begin of the time they are from, epoch ms.'),
    parts: z
      .array(
        z.object({ name: z.string(), p75: z.number(), interval: p75Interval, mean: z.number(), n: count }),
      )
      .describe('What the value is made of, in the order in which it happens, ms.'),
    causes: z
      .array(
        z.object({
          kind: z.string().describe('Such as element, url, target, script or source.'),
          value: z.string(),
          views: count,
          p75: z.number().describe('Of the vital in those views.'),
          interval: p75Interval,
        }),
      )
      .describe('Most views first, at most 20 a kind.'),
  }),
);

export const liveSchema: z.ZodType<LiveResponse> = component(
  'Live',
  z.object({
    now: time,
    visitors: count.describe('Different ones.'),
    seconds: z
      .array(z.tuple([time, count]))
      .describe('Beginning of each second in which a view began, and how many did.'),
    countries: z.array(z.object({ value: z.string(), views: count })).describe('Most views first.'),
    events: z
      .array(
        z.object({
          id: z.string(),
          at: time,
          type: z.enum(['action', 'error', 'custom']),
          name: z.string(),
          route: z.string(),
        }),
      )
      .describe('The latest, at most 50, latest first.'),
    views: z.array(
      z.object({
        id: z.string(),
        startedAt: time,
        route: z.string(),
        path: z.string(),
        navigationType: z.enum([
          'navigate',
          'reload',
          'back-forward',
          'back-forward-cache',
          'prerender',
          'restore',
          'client',
          'resume',
        ]),
        device: z.enum(['desktop', 'mobile', 'tablet', 'tv', 'unknown']),
        browser: z.string().nullable(),
        country: z.string().nullable(),
        vitals: ofVitals(value),
        sample: z.boolean(),
      }),
    ),
  }),
);

export const errorSchema: z.ZodType<ApiError> = component(
  'Error',
  z.object({
    error: z.enum([
      'unauthorized',
      'forbidden',
      'not_found',
      'method_not_allowed',
      'invalid_parameter',
      'throttled',
      'conflict',
      'unavailable',
      'too_slow',
      'internal',
    ]),
    message: z.string(),
    parameter: z.string().optional().describe('With invalid_parameter: its name.'),
    from: time
      .optional()
      .describe(
        'With too_slow, where a narrower question is known: begin of the span to ask for instead, epoch ms.',
      ),
    to: time.optional().describe('Its end, epoch ms.'),
  }),
);
