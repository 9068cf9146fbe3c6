import { z } from 'zod';
import { ERROR_DIMENSIONS } from '../../store/errorStore.js';
import type { ErrorResponse, ErrorsResponse, SampledTold } from '../api.js';
import { component, count, oneIn, range, time } from './schemaParts.js';

const toldShape = {
  events: count,
  since: time.describe('Begin of the time they are from, epoch ms.'),
  complete: z.boolean().describe('Whether those are all of the range.'),
};
export const told: z.ZodType<ErrorsResponse['told']> = component('Told', z.object(toldShape));
export const sampledTold: z.ZodType<SampledTold> = component(
  'SampledTold',
  z.object({
    ...toldShape,
    of: count
      .nullable()
      .describe(
        'How many the range has, whatever the filters, of which those are from all over it; null: they are the latest.',
      ),
  }),
);
const compared = z.object({ events: count }).nullable();
const groupShape = {
  fingerprint: z.string().describe('16 hexadecimal digits. (other): the rarest groups together.'),
  title: z.string().nullable().describe('Null where no single event of it is kept.'),
  events: count.describe('How often it happened, repetitions that an event stands for included.'),
  visitors: count.describe('Different ones among the events told.'),
  firstSeen: time,
  lastSeen: time,
  isNew: z
    .boolean()
    .describe('There was none in the 30 days before the range; false where that cannot be told.'),
};

export const errorsSchema: z.ZodType<ErrorsResponse> = component(
  'Errors',
  z.object({
    range,
    oneIn,
    events: count,
    series: z.array(z.object({ t: time, n: count })).describe('All groups together over time.'),
    groups: z.array(
      z.object({
        ...groupShape,
        name: z.string().nullable(),
        share: z.number().min(0).max(1),
        routes: count,
        compared,
        trend: z.array(count),
      }),
    ),
    trend: z.object({
      from: time.describe('Begin of the first bucket, epoch ms.'),
      bucketMs: z.number(),
      buckets: count,
    }),
    told,
    truncated: z.boolean().describe('There are more groups than these.'),
  }),
);

const text = z.string().nullable();
const values = component(
  'ErrorValues',
  z.array(z.object({ value: z.string().describe('Empty: not known.'), events: count, visitors: count })),
);
const by = Object.fromEntries(ERROR_DIMENSIONS.map((dimension) => [dimension, values])) as {
  readonly [dimension in (typeof ERROR_DIMENSIONS)[number]]: typeof values;
};

export const errorDetailSchema: z.ZodType<ErrorResponse> = component(
  'ErrorGroup',
  z.object({
    range,
    oneIn,
    ...groupShape,
    views: count.describe('Different ones among the events told.'),
    series: z.array(z.object({ t: time, n: count })),
    compared,
    latest: z
      .object({
        at: time,
        name: z.string(),
        message: z.string(),
        source: text,
        stack: text,
        componentStack: text,
        digest: text,
      })
      .nullable()
      .describe('What the latest event says. Null where none is kept.'),
    told,
    by: z.object(by).describe('Among the events told, most first, at most 20 each.'),
    occurrences: z
      .array(
        z.object({
          id: z.string(),
          at: time,
          route: z.string(),
          viewId: z.string(),
          count: count.describe('How many alike it stands for.'),
          message: z.string(),
          release: text,
          browser: text,
          os: text,
          device: text,
          country: text,
        }),
      )
      .describe('The latest, at most 20.'),
  }),
);
