/** Lengths of the spans that are counted in advance, ms. Days are those of UTC. */
export const GRAIN_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

export type Grain = keyof typeof GRAIN_MS;

/** How long after its end a bucket is left alone, ms: most of its views are sent again with their last vitals meanwhile. */
export const SETTLING = 60_000;

/** Start of the bucket that a moment is in, epoch ms. */
export function bucketOf(time: number, grain: Grain): number {
  return time - (time % GRAIN_MS[grain]);
}
