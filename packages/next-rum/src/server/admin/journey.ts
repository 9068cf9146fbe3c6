import { DIRECTIONS, type JourneyResponse, LEAST_SHARES, MAX_DEPTH } from '../api.js';
import { InvalidParameter, MAX_FILTER_LENGTH, readChoice } from '../question.js';
import { type DataRoute, resolve } from './dataRoute.js';
import { readWhole } from './pathParameters.js';
import { table } from './table.js';

/** What sessions did next, or before. */
export const journey: DataRoute = async (asked) => {
  const { parameters, store, now } = asked;
  const { range, views } = resolve(asked);
  const anchor = parameters.get('route');
  if (anchor !== null && anchor.length > MAX_FILTER_LENGTH) {
    throw new InvalidParameter('route', `route may have at most ${MAX_FILTER_LENGTH} characters`);
  }
  const direction = readChoice(parameters, 'direction', DIRECTIONS, 'from');
  const depth = readWhole(parameters, 'depth', [1, MAX_DEPTH], 3);
  const share = Number(readChoice(parameters, 'share', LEAST_SHARES, '2')) / 100;
  const found = await store.journey(views, { anchor, direction, depth, share, now });
  const body: JourneyResponse = { range, anchor, direction, depth, ...found };
  const rows = found.links.map(({ source, target, sessions, back }) => {
    const [from, to] = [found.nodes[source], found.nodes[target]];
    const { layer = 0, kind = 'other', route = '' } = from ?? {};
    return {
      layer,
      fromKind: kind,
      fromRoute: route,
      toKind: to?.kind ?? 'other',
      toRoute: to?.route ?? '',
      sessions,
      back,
    };
  });
  return table(parameters, 'journeys', body, rows);
};
