import { type SideTest, tellingTests, testSides } from '../../../analysis/comparison/testSides.js';
import type { Comparison, ComparisonFinding } from '../../comparisonStore.js';
import { GRAIN_MS } from '../../rollup/grains.js';
import type { ViewRange } from '../../store.js';
import { readSince } from '../rollup/knowledge.js';
import { releaseStarts } from '../rollup/releaseStarts.js';
import type { Source } from '../rollup/rollupCells.js';
import { explainFinding } from './explainFinding.js';
import { findingId } from './findingId.js';
import { flagSides } from './flagSides.js';
import { releaseSides, type Sides } from './releaseSides.js';

/** The latest ones. */
const MOST_RELEASES = 2;
const MOST_FINDINGS = 10;
/** Of each change, differences whose causes are looked for. */
const EXPLAINED = 3;
/** After which what was read of releases has to do, and after as long what is known of the causes, ms. */
const PATIENCE = 4000;

interface Change extends Pick<Comparison, 'kind' | 'name' | 'variant'> {
  readonly sides: Sides;
  readonly tests: readonly SideTest[];
}

/** @see {@link RumStore.comparisons} */
export async function comparisons(source: Source, range: ViewRange): Promise<readonly Comparison[]> {
  const [releases, flags] = await Promise.all([changedReleases(source, range), changedFlags(source, range)]);
  const changes = [...releases, ...flags];
  const telling = tellingTests(changes.map(({ tests }) => tests));
  const deadline = performance.now() + PATIENCE;
  const told: Comparison[] = [];
  for (const [place, { kind, name, variant, sides, tests }] of changes.entries()) {
    const { against, since, until, complete, views } = sides;
    const count = (side: string): number => views.filter((view) => view.side === side).length;
    const findings: ComparisonFinding[] = [];
    for (const [rank, test] of (telling[place] ?? []).slice(0, MOST_FINDINGS).entries()) {
      const isExplained = rank < EXPLAINED && test.affected > 0;
      findings.push({
        ...test,
        id: findingId('change', [kind, name, variant ?? '', test.metric, test.route ?? '']),
        causes: isExplained ? await explainFinding(source, range.app, test, views, deadline) : [],
      });
    }
    told.push({
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
      findings,
    });
  }
  return told;
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
