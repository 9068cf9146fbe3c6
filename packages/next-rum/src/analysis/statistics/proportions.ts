import { normalUpperQuantile } from './standardNormal.js';

/** Both ends, 0–1 (of a difference −1–1). */
type Interval = readonly [low: number, high: number];

/** How many of how many. */
export interface Proportion {
  readonly part: number;
  /** More than 0. */
  readonly whole: number;
}

/**
 * Confidence interval of a proportion by Wilson's score, which also holds near 0 and 1 and for few: Wilson 1927,
 * https://doi.org/10.1080/01621459.1927.10502953.
 *
 * @param confidence 0–1, both excluded.
 *
 * @example
 * ```ts
 * wilsonInterval({ part: 8, whole: 10 }); // [0.490, 0.943]
 * ```
 */
export function wilsonInterval({ part, whole }: Proportion, confidence = 0.95): Interval {
  const z = normalUpperQuantile((1 - confidence) / 2);
  const share = part / whole;
  const spread = (z * z) / whole;
  const middle = (share + spread / 2) / (1 + spread);
  const half = Math.sqrt((share * (1 - share)) / whole + spread / whole / 4) * (z / (1 + spread));
  // What is nobody or everybody stays a possible value, whatever rounding makes of it.
  return [part === 0 ? 0 : Math.max(0, middle - half), part === whole ? 1 : Math.min(1, middle + half)];
}

/**
 * Confidence interval of the difference `a - b` of two independent proportions, from Wilson's of each: Newcombe 1998, method 10,
 * https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8%3C873::AID-SIM779%3E3.0.CO;2-I.
 *
 * @param confidence 0–1, both excluded.
 *
 * @example
 * ```ts
 * newcombeInterval({ part: 56, whole: 70 }, { part: 48, whole: 80 }); // [0.052, 0.334]
 * ```
 */
export function newcombeInterval(a: Proportion, b: Proportion, confidence = 0.95): Interval {
  const [shareA, shareB] = [a.part / a.whole, b.part / b.whole];
  const [lowA, highA] = wilsonInterval(a, confidence);
  const [lowB, highB] = wilsonInterval(b, confidence);
  const difference = shareA - shareB;
  return [
    difference - Math.hypot(shareA - lowA, highB - shareB),
    difference + Math.hypot(highA - shareA, shareB - lowB),
  ];
}
