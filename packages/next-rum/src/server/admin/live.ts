import type { ViewRow } from '../../store/rows.js';
import type { LiveResponse, LiveView } from '../api.js';
import { json } from '../respond.js';
import { type DataRoute, resolve } from './dataRoute.js';

const MAX_VIEWS = 100;
/** ms */
const SPAN = 30 * 60_000;

/** The latest views. */
export const live: DataRoute = async (asked) => {
  const { store, now } = asked;
  const { views } = resolve(asked);
  const rows = await store.views({ ...views, from: now - SPAN, to: now + 1 }, MAX_VIEWS);
  const body: LiveResponse = { now, views: rows.map(toLiveView) };
  return json(200, body);
};

function toLiveView(row: ViewRow): LiveView {
  const { id, startedAt, route, path, navigationType, device, browser, country, sample } = row;
  const { lcp, inp, cls, fcp, ttfb } = row;
  return {
    id,
    startedAt,
    route,
    path,
    navigationType,
    device,
    browser,
    country,
    vitals: { lcp, inp, cls, fcp, ttfb },
    sample,
  };
}
