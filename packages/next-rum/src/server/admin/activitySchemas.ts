import { z } from 'zod';
import type { Durations } from '../../analysis/durations.js';
import { component, count } from './schemaParts.js';

/** ms */
export const duration: z.ZodType<number | null> = z.number().min(0).nullable();

export const share: z.ZodType<number | null> = z.number().min(0).max(1).nullable();

export const shareInterval: z.ZodType<readonly [number, number] | null> = z
  .tuple([z.number().min(0).max(1), z.number().min(0).max(1)])
  .nullable()
  .describe('95 % confidence interval, by Wilson’s score.');

const durationInterval: z.ZodType<readonly [number, number] | null> = z
  .tuple([z.number(), z.number()])
  .nullable()
  .describe('95 % confidence interval of p75 by order statistics. Null where there are fewer than 11.');

export const durations: z.ZodType<Durations> = component(
  'Durations',
  z.object({
    n: count,
    p50: duration,
    p75: duration,
    p95: duration,
    interval: durationInterval,
    total: z.number().min(0).describe('All together, ms.'),
  }),
);

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
