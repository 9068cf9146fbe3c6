import { expect, test } from 'vitest';
import { logGamma } from '../statistics/logGamma.js';
import { findChange, logEvidence } from './findChange.js';

/** What flowed down the Nile at Aswan, 1871 to 1970, 10⁸ m³ a year: Cobb 1978, https://doi.org/10.1093/biomet/65.2.243. */
const NILE = [
  ...[
    1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958,
  ],
  ...[
    1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020,
  ],
  ...[
    1050, 969, 831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796,
    1040,
  ],
  ...[
    759, 781, 865, 845, 944, 984, 897, 822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890,
  ],
  ...[744, 749, 838, 1050, 918, 986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740],
].map((value, index) => ({ t: Date.UTC(1871 + index, 0, 1), value }));

const yearOf = (t: number | undefined): number => new Date(t ?? 0).getUTCFullYear();

test('the Nile carries less since 1899, as is published', () => {
  const change = findChange(NILE);
  expect(NILE).toHaveLength(100);
  expect(yearOf(change?.at)).toBe(1899);
  expect(yearOf(change?.from)).toBeGreaterThanOrEqual(1895);
  expect(yearOf(change?.to)).toBeLessThanOrEqual(1903);
  expect(change?.probability).toBeGreaterThan(0.999);
  // The means that Cobb gives.
  expect(change?.before).toBeCloseTo(1097.75, 2);
  expect(change?.after).toBeCloseTo(849.97, 2);
});

test('the evidence is the product of what each value is predicted to be by those before it', () => {
  const scores = [0.3, -1.2, 2.1, 0.4, 0, -0.7];
  // Each is a Student t, whose parameters are brought up to date by one value at a time.
  let [mean, weight, shape, rate, sum] = [0, 0.2, 1, 1, 0];
  for (const score of scores) {
    const freedom = 2 * shape;
    const scale = Math.sqrt((rate * (weight + 1)) / (shape * weight));
    sum +=
      logGamma((freedom + 1) / 2) -
      logGamma(freedom / 2) -
      0.5 * Math.log(freedom * Math.PI) -
      Math.log(scale) -
      ((freedom + 1) / 2) * Math.log1p(((score - mean) / scale) ** 2 / freedom);
    rate += (weight * (score - mean) ** 2) / (2 * (weight + 1));
    mean = (weight * mean + score) / (weight + 1);
    weight += 1;
    shape += 0.5;
  }
  expect(logEvidence(scores)).toBeCloseTo(sum, 10);
});

test('of noise there is none, and of nothing nothing', () => {
  const noise = Array.from({ length: 60 }, (_, day) => {
    const x = Math.sin(day * 12.9898) * 43_758.5453;
    return { t: day, value: x - Math.floor(x) };
  });
  expect(findChange(noise)?.probability).toBeLessThan(0.3);
  expect(findChange(noise.slice(0, 5))).toBeNull();
  expect(findChange(noise.map(({ t }) => ({ t, value: 7 })))).toBeNull();
});

test('a step is found where it is', () => {
  const step = Array.from({ length: 30 }, (_, day) => ({
    t: day,
    value: (day < 20 ? 100 : 130) + (day % 3),
  }));
  expect(findChange(step)).toMatchObject({ at: 20, from: 20, to: 20 });
});
