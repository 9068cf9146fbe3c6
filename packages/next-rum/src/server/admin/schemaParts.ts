import { z } from 'zod';
import type { SeenViews } from '../../store/pathStore.js';
import type { ResolvedRange } from '../api.js';

/** Names under which the document of the API keeps what several answers have. */
export const COMPONENTS: z.core.$ZodRegistry<{ id: string }> = z.registry<{ id: string }>();

const NAMES = new Set<string>();

export function component<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  if (NAMES.has(id)) throw new Error(`RUM: two answers are called ${id} in the document of the API`);
  NAMES.add(id);
  COMPONENTS.add(schema, { id });
  return schema;
}

export const count: z.ZodInt = z.int().min(0);
export const time: z.ZodNumber = z.number().describe('Epoch ms.');

export const oneIn: z.ZodInt = z
  .int()
  .min(1)
  .describe(
    'One of how many views, or errors, was looked at: above 1, counts that need single ones are estimates, and percentiles are of those.',
  );

export const range: z.ZodType<ResolvedRange> = component(
  'ResolvedRange',
  z.object({
    name: z.enum(['1h', '24h', '7d', '30d', 'custom']),
    from: time,
    to: time.describe('Epoch ms; not part of the range.'),
    bucketMs: z.number().describe('Length of the buckets of time series, ms.'),
  }),
);

export const seen: z.ZodType<SeenViews> = component(
  'SeenViews',
  z.object({
    views: count.describe('How many single views were looked at.'),
    of: count
      .nullable()
      .describe(
        'How many the range has, whatever the filters, of which those are a sample; null: they are the latest.',
      ),
    since: time.describe('From when on sessions are told of, epoch ms.'),
    complete: z.boolean().describe('Whether those are all of the range.'),
  }),
);
