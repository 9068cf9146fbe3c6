import type { NextNumber } from '../anomaly/stateNumbers.js';
import { betaBinomialTail } from '../statistics/betaBinomial.js';
import { createDispersion, type Dispersion } from './dispersion.js';

/** What is known of a share when the samples of a bucket are counted. */
export interface ShareSample {
  /** Begin and end of the bucket, epoch ms. */
  readonly t: number;
  readonly until: number;
  readonly n: number;
  /** Of them, how many are over the threshold, or have an error. */
  readonly count: number;
  /** What share is usual at this time, 0–1. */
  readonly share: number;
  /** From how many samples the usual share is known. */
  readonly known: number;
}

/** The last few judged buckets, as many of them as say it most clearly. */
export interface ShareVerdict {
  /** Begin of the first of them, epoch ms. */
  readonly since: number;
  /** End of the first of them, epoch ms. */
  readonly begunBy: number;
  readonly n: number;
  readonly count: number;
  /** How many are usual. */
  readonly expected: number;
  /** The probability of at least so many where nothing has changed; 1 where it is not worth finding out. */
  readonly p: number;
}

/**
 * Judges whether a share of samples is higher than usual. Buckets are put together until there are 100 samples, so that few are
 * never judged; the last one, two and three such are tested as beta-binomial, since the share itself varies from hour to hour.
 */
export interface ShareSeries {
  /** Null where the samples are still too few. @param prior What dispersion series like this one have. */
  readonly push: (sample: ShareSample, prior: number) => ShareVerdict | null;
  /** Whether samples wait to be judged, together with those to come. */
  readonly waits: () => boolean;
  /** Whether they have waited for so long that they will not be. @param t Epoch ms. */
  readonly isStale: (t: number) => boolean;
  /** Of the last judged buckets, how many in a row were as usual, each by itself. */
  readonly calm: () => number;
  /** The buckets so far are not to be judged again together with those to come. */
  readonly forget: () => void;
  /** Whether what is seen is so unusual, and not yet for days, that it should teach nothing. @param t Epoch ms. */
  readonly isHot: (t: number) => boolean;
  readonly dispersion: Dispersion;
  readonly save: (into: number[]) => void;
}

export interface ShareLimits {
  /** By what times the usual share must be exceeded to matter. */
  readonly lift: number;
  /** How many there must be over it to matter. */
  readonly fewest: number;
}

/** As many samples must be judged together. */
const SAMPLES_TO_JUDGE = 100;
/** Judged buckets that are looked at together, at most. */
const WINDOWS = 3;
/** What took longer to come together is not judged, ms. */
const LONGEST = 14 * 86_400_000;
/** Standard deviations: nearer than this nothing is computed, what is nearer than the second is calm, farther than the third hot. */
const WORTH = 2.5;
const CALM = 1.5;
const HOT = 3.5;
/** What stays unusual for longer, and is no incident, is learnt, ms. */
const STAYS_HOT = 3 * 86_400_000;
/** In how many of the last three buckets it must be seen; m of n. */
const SEEN_IN = 2;
/** So improbable that a single bucket will do. */
const ALONE = 1e-7;

/** @param saved What `save` put down. */
export function createShareSeries({ lift, fewest }: ShareLimits, saved?: NextNumber): ShareSeries {
  let n = saved ? saved() : 0;
  let count = saved ? saved() : 0;
  let expected = saved ? saved() : 0;
  let since = saved ? saved() : Number.NaN;
  let calm = saved ? saved() : 0;
  /** Since when it is; NaN where it is not. */
  let hotSince = saved ? saved() : Number.NaN;
  const recent: Judged[] = [];
  if (saved)
    for (let left = saved(); left > 0; left -= 1)
      recent.push({ since: saved(), n: saved(), count: saved(), expected: saved() });
  const dispersion = createDispersion(saved);

  const judge = ({ known, until }: ShareSample, prior: number): ShareVerdict => {
    const varies = Math.max(0, dispersion.value(prior)) + 1 / (known + 2);
    const total = { since, begunBy: until, n: 0, count: 0, expected: 0 };
    let best: ShareVerdict = { since, begunBy: until, n, count, expected, p: 1 };
    let farthest = 0;
    let seenIn = 0;
    const [latest] = recent;
    const isCalm = latest !== undefined && isUnder(latest, lift) && distance(latest, varies) < CALM;
    for (const each of recent) {
      // One that is not the last ends where the next one begins.
      total.begunBy = each === latest ? until : total.since;
      total.since = each.since;
      total.n += each.n;
      total.count += each.count;
      total.expected += each.expected;
      const z = distance(total, varies);
      if (!isUnder(each, lift)) seenIn += 1;
      farthest = Math.max(farthest, z);
      if (z < WORTH || total.count < fewest || total.count < lift * total.expected) continue;
      const usual = total.expected / total.n;
      const size = 1 / varies - 1;
      const tail = betaBinomialTail({ trials: total.n, a: usual * size, b: (1 - usual) * size }, total.count);
      const p = Math.min(1, WINDOWS * tail);
      if (p < best.p) best = { ...total, p };
    }
    if (farthest < HOT) hotSince = Number.NaN;
    else if (Number.isNaN(hotSince)) hotSince = since;
    calm = isCalm ? calm + 1 : 0;
    return seenIn >= SEEN_IN || best.p < ALONE ? best : { ...best, p: 1 };
  };

  const isStale = (t: number): boolean => n > 0 && t - since > LONGEST;

  return {
    waits: () => n > 0,
    isStale,
    push: (sample, prior) => {
      if (n === 0 || isStale(sample.t)) {
        n = 0;
        count = 0;
        expected = 0;
        since = sample.t;
      }
      n += sample.n;
      count += sample.count;
      expected += sample.n * sample.share;
      if (n < SAMPLES_TO_JUDGE) return null;
      recent.unshift({ since, n, count, expected });
      recent.length = Math.min(recent.length, WINDOWS);
      const verdict = judge(sample, prior);
      if (Number.isNaN(hotSince)) {
        const usual = expected / n;
        dispersion.add((count - expected) ** 2 / (n * usual * (1 - usual)), n - 1);
      }
      n = 0;
      count = 0;
      expected = 0;
      return verdict;
    },
    calm: () => calm,
    forget: () => {
      recent.length = 0;
      n = 0;
      count = 0;
      expected = 0;
      hotSince = Number.NaN;
    },
    isHot: (t) => t - hotSince < STAYS_HOT,
    dispersion,
    save: (into) => {
      into.push(n, count, expected, since, calm, hotSince, recent.length);
      for (const each of recent) into.push(each.since, each.n, each.count, each.expected);
      dispersion.save(into);
    },
  };
}

interface Judged {
  readonly since: number;
  readonly n: number;
  readonly count: number;
  readonly expected: number;
}

/** Standard deviations over what is usual. */
function distance({ n, count, expected }: Judged, varies: number): number {
  const usual = Math.min(1, expected / n);
  return (count - expected) / Math.sqrt(n * usual * (1 - usual) * (1 + (n - 1) * varies) + 1e-12);
}

/** Whether it is less than half of what would matter. */
function isUnder({ count, expected }: Judged, lift: number): boolean {
  return count <= expected * (1 + (lift - 1) / 2);
}
