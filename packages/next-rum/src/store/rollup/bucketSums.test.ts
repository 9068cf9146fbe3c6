import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeHistogram } from '../../analysis/logHistogram.js';
import { type BucketSums, bucketKey, changeSums, NO_SUMS, type ReadBucket, sizeOf } from './bucketSums.js';
import { type Cells, toRollupRows } from './cells.js';
import { countIn } from './countView.js';

const ROUTES = ['/', '/cart', '/about'];

/** Views of a bucket: which route, and their LCP. */
const contents = fc.array(fc.tuple(fc.constantFrom(...ROUTES), fc.nat(5000)), { maxLength: 20 });

test('whatever came and went, sums are those of the buckets that are there', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.tuple(fc.nat(6), contents), { maxLength: 4 }), { maxLength: 12 }),
      (rounds) => {
        let sums = NO_SUMS;
        for (const [round, changes] of rounds.entries()) {
          const added = new Map(
            changes.map(([bucket, views]) => [bucket, readBucket(bucket, `${round}`, views)] as const),
          );
          const gone = [...sums.buckets.values()].filter(
            ({ bucket }) => added.has(bucket) || bucket === round % 7,
          );
          const before = summary(sums);
          const after = changeSums(sums, { gone, added: [...added.values()] });

          expect(summary(after)).toEqual(
            summary(changeSums(NO_SUMS, { gone: [], added: [...after.buckets.values()] })),
          );
          expect(summary(sums)).toEqual(before);
          sums = after;
        }
      },
    ),
  );
});

test('their size grows with what they hold', () => {
  const one = changeSums(NO_SUMS, { gone: [], added: [readBucket(1, 'a', [['/', 9]])] });
  const two = changeSums(one, { gone: [], added: [readBucket(2, 'a', [['/cart', 9]])] });

  expect(sizeOf(NO_SUMS)).toBe(0);
  expect(sizeOf(two)).toBeGreaterThan(sizeOf(one));
});

function readBucket(
  bucket: number,
  digest: string,
  views: readonly (readonly [string, number])[],
): ReadBucket {
  const cells: Cells = new Map();
  for (const [route, lcp] of views) countIn(cells, 'route', route, { vitals: [lcp], ratings: 0 });
  const rows = toRollupRows(cells, { app: 'shop', grain: 'day', bucket });
  return {
    grain: 'day',
    bucket,
    digest,
    rows: rows.map(({ value, n, sketch }) => ({ key: value, n, sketch, times: 1 })),
  };
}

function summary({ buckets, cells }: BucketSums): unknown {
  return {
    buckets: [...buckets.values()].map(bucketKey).sort(),
    cells: Object.fromEntries(
      [...cells].map(([value, { n, vitals }]) => {
        const { lcp } = vitals ?? {};
        return [value, [n, lcp?.n, lcp?.good, lcp?.poor, lcp && writeHistogram(lcp.histogram)]];
      }),
    ),
  };
}
