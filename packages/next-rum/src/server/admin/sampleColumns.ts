import type { Told } from '../../store/errorStore.js';
import type { SampledTold } from '../../store/latestStore.js';
import type { SeenViews } from '../../store/pathStore.js';

/** What an answer says of how much of its time it was told from; nothing where it was told from all. */
export interface Sampled {
  /** One of how many views, or errors, was looked at. */
  readonly oneIn?: number;
  /** How many events there are in all, where `told` does not say. */
  readonly events?: number;
  readonly told?: Told | SampledTold | SeenViews | null;
  readonly seen?: SeenViews;
}

/** What each row of a file says where its answer was not told from all; null where that cannot be said. */
export interface SampleColumns {
  /** Views, or events, that were looked at. */
  readonly sampled: number | null;
  /** How many there are, of which those are a sample; null where they are the latest of more. */
  readonly sampledOf: number | null;
  /** From when on they are, epoch ms. */
  readonly sampledSince: number | null;
  /** One of how many was looked at, above 1; counts are estimates. */
  readonly oneIn: number | null;
}

const UNSAID: SampleColumns = { sampled: null, sampledOf: null, sampledSince: null, oneIn: null };

/** Null where an answer was told from all. */
export function sampleColumns({ oneIn = 1, events, told, seen }: Sampled): SampleColumns | null {
  const looked = told ?? seen;
  const estimated = oneIn > 1 ? { ...UNSAID, oneIn } : null;
  if (!looked || looked.complete) return estimated;
  return {
    ...(estimated ?? UNSAID),
    sampled: 'views' in looked ? looked.views : looked.events,
    sampledOf: 'of' in looked ? looked.of : (events ?? null),
    sampledSince: looked.since,
  };
}

/** Of an answer that was told from the latest alone. @param since From when on, epoch ms. */
export function latestColumns(since: number, sampled: number | null = null): SampleColumns {
  return { ...UNSAID, sampled, sampledSince: since };
}
