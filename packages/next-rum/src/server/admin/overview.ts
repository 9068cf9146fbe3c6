import { botsOf } from '../../store/rows.js';
import type { OverviewResponse } from '../api.js';
import { fillBuckets } from '../range.js';
import { json } from '../respond.js';
import { type DataRoute, oneInOf, readBoth, resolve } from './dataRoute.js';

/** Totals, vitals and traffic. */
export const overview: DataRoute = async (asked) => {
  const { config, store } = asked;
  const resolved = resolve(asked);
  const { range, earlier } = resolved;
  const ofBots = { app: botsOf(config.app), from: range.from, to: range.to };
  const [[present, compared], bots, oneIn, drawn] = await Promise.all([
    readBoth(resolved, (span) => store.overview(span, range.bucketMs)),
    store.totals(ofBots),
    oneInOf(store, resolved, 'overview'),
    store.drawn(resolved.views),
  ]);
  const { totals, vitals, traffic } = present;
  const body: OverviewResponse = {
    range,
    oneIn,
    drawn,
    totals,
    vitals,
    traffic: fillBuckets(range, traffic, emptyBucket),
    compared:
      compared === null || earlier === null
        ? null
        : {
            from: earlier.views.from,
            to: earlier.views.to,
            totals: compared.totals,
            vitals: compared.vitals,
            traffic: fillBuckets(earlier.range, compared.traffic, emptyBucket),
          },
    bots: { mode: config.bots, views: bots.views },
  };
  return json(200, body);
};

function emptyBucket(t: number) {
  return { t, views: 0, sessions: 0 };
}
