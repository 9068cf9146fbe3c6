import { type SideTest, tellingTests, testSides } from '../../../analysis/comparison/testSides.js';
import { explainSamples, type Sample } from '../../../analysis/detectors/explainSamples.js';
import type { IncidentCause } from '../../../analysis/insights/watchedIncident.js';
import type { Comparison } from '../../comparisonStore.js';
import { GRAIN_MS } from '../../rollup/grains.js';
import type { ViewRange } from '../../store.js';
import { readSince } from '../rollup/knowledge.js';
import { releaseStarts } from '../rollup/releaseStarts.js';
import type { Source } from '../rollup/rollupCells.js';
import { findingId } from './findingId.js';
import { flagSides } from './flagSides.js';
import { releaseSides, type Sides } from './releaseSides.js';

/** The latest ones. */
const MOST_RELEASES = 2;
const MOST_FINDINGS = 10;
const MOST_CAUSES = 3;
/** Of each change, differences whose causes are looked for. */
const EXPLAINED = 3;
/** After which what was read of releases has to do, ms. */
const PATIENCE = 4000;

interface Change extends Pick<Comparison, 'kind' | 'name' | 'variant'> {
  readonly sides: Sides;
  readonly tests: readonly SideTest[];
}

/** @see {@link RumStore.comparisons} */
export async function comparisons(source: Source, range: ViewRange): Promise<readonly Comparison[]> {
  const changes = [...(await changedReleases(source, range)), ...(await changedFlags(source, range))];
  const telling = tellingTests(changes.map(({ tests }) => tests));
  return changes.map(({ kind, name, variant, sides, tests }, place) => {
    const { against, since, until, complete, views } = sides;
    const count = (side: string): number => views.filter((view) => view.side === side).length;
    return {
      kind,
      name,
      variant,
      against,
      since,
      until,
      complete,
      views: { new: count('new'), old: count('old'), before: count('before') },
      tests: tests.length,
      site: tests.filter(({ route }) => route === null),
      findings: (telling[place] ?? []).slice(0, MOST_FINDINGS).map((test, rank) => ({
        ...test,
        id: findingId('change', [kind, name, variant ?? '', test.metric, test.route ?? '']),
        causes: rank < EXPLAINED && test.affected > 0 ? causesOf(test, sides) : [],
      })),
    };
  });
}

async function changedReleases(source: Source, range: ViewRange): Promise<Change[]> {
  const { app, from, to } = range;
  const starts = await releaseStarts(source, { app, from, to }, GRAIN_MS.hour, MOST_RELEASES);
  const { raw: kept } = await readSince(source.client);
  const deadline = performance.now() + PATIENCE;
  const changes: Change[] = [];
  for (const start of [...starts].reverse()) {
    const sides = await releaseSides(source, range, start, kept, deadline);
    if (sides !== null)
      changes.push({
        kind: 'release',
        name: start.release,
        variant: null,
        sides,
        tests: testSides(sides.views),
      });
  }
  return changes;
}

async function changedFlags(source: Source, range: ViewRange): Promise<Change[]> {
  const sides = await flagSides(source, range);
  // Who is shown a flag, and who is not, are there at the same time: within the same day is near enough.
  return sides.map((each) => ({
    kind: 'flag',
    name: each.flag,
    variant: each.variant,
    sides: each,
    tests: testSides(each.views, GRAIN_MS.day),
  }));
}

function causesOf({ metric, route, without }: SideTest, { views }: Sides): readonly IncidentCause[] {
  const limit = without.value?.value ?? Number.POSITIVE_INFINITY;
  const [now, before]: [Sample[], Sample[]] = [[], []];
  for (const view of views) {
    if (route !== null && view.route !== route) continue;
    const value = metric === 'errors' ? null : view.vitals[metric];
    if (metric !== 'errors' && value === null) continue;
    const isOver = metric === 'errors' ? view.hasError : (value ?? 0) > limit;
    const values = route === null && view.route !== '' ? { ...view.values, route: view.route } : view.values;
    (view.side === 'new' ? now : before).push({ t: view.t, isOver, values });
  }
  return explainSamples(now, before)
    .causes.slice(0, MOST_CAUSES)
    .map(({ places, n, count, expected, power }) => ({ places, n, count, expected, share: power }));
}
