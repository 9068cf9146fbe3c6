import { tellingDays } from '../../../analysis/comparison/tellingDays.js';
import { OTHER } from '../../filters.js';
import { GRAIN_MS } from '../../rollup/grains.js';
import { mostFirst } from '../../rollup/summaries.js';
import type { TimeRange } from '../../store.js';
import type { Trends } from '../../trendStore.js';
import { findingId } from '../comparisons/findingId.js';
import type { Source } from '../rollup/rollupCells.js';
import { valueCounts } from '../rollup/vitalReads.js';
import { followedPlaces } from './followedPlaces.js';

const MOST_ROUTES = 20;
const MOST_FINDINGS = 20;

/** @see {@link RumStore.trends} */
export async function trends(source: Source, { app, from, to }: TimeRange): Promise<Trends> {
  const day = GRAIN_MS.day;
  const range = { app, from: Math.ceil(from / day) * day, to: Math.floor(to / day) * day };
  const frequent = mostFirst(await valueCounts(source, range, 'route'));
  const routes = frequent
    .map(({ value }) => value)
    .filter((route) => route !== '' && route !== OTHER)
    .slice(0, MOST_ROUTES);
  const places = await followedPlaces(source, range, routes);
  const { findings, tests } = tellingDays(places, range.to);
  const days = places[0]?.days ?? [];
  return {
    since: days[0]?.t ?? range.to,
    until: range.to,
    days: days.length,
    routes: routes.length,
    tests,
    findings: findings.slice(0, MOST_FINDINGS).map((finding) => ({
      ...finding,
      id: findingId('trend', [finding.kind, finding.metric, finding.route ?? '']),
    })),
  };
}
