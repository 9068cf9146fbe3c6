import { expect, test } from 'vitest';
import { openSource } from '../../../testing/openSource.js';
import { makeView, NOON } from '../../../testing/rows.js';
import { makeIncident } from '../../../testing/savedThings.js';
import { retain } from '../rollup/retain.js';
import { figureOf } from './describeIncident.js';

const DAY = 86_400_000;

test('what rollups count together, and no single view tells any more, is not known, and is no failure', async () => {
  const views = Array.from({ length: 1200 }, (_, index) =>
    makeView(index, { route: `/${index}`, device: 'desktop', lcp: 1000 + index }),
  );
  const source = await openSource('sqlite', { views, rolledUpAt: NOON + 41 * DAY });
  await retain(source, { now: () => NOON + 41 * DAY });
  const span = [NOON - DAY / 2, NOON + DAY / 2] as const;
  const of = (where: { readonly [name: string]: string }) =>
    figureOf(source, makeIncident({ app: 'shop', metric: 'lcp', where }), ...span);

  expect(await of({ route: '/7' })).toBeNull();
  expect(await of({ device: 'desktop' })).toMatchObject({ n: 1200 });
});
