import { NAMED_KINDS, type NamesResponse } from '../api.js';
import { readChoice } from '../question.js';
import { type DataRoute, resolve } from './dataRoute.js';
import { table } from './table.js';

/** Events in which names are looked for, the latest first. */
const LOOKED_AT = 5000;
const MAX_NAMES = 100;

/** What events and actions were called of late, most first: what a step of a funnel may be. */
export const names: DataRoute = async (asked) => {
  const { parameters, store } = asked;
  const kind = readChoice(parameters, 'kind', NAMED_KINDS, 'custom');
  const { views } = resolve(asked);
  const { events, told } = await store.latestEvents(views, [kind], LOOKED_AT);
  const counts = new Map<string, number>();
  for (const { name } of events) counts.set(name, (counts.get(name) ?? 0) + 1);
  const found = [...counts]
    .map(([name, n]) => ({ name, n }))
    .sort((a, b) => b.n - a.n || (a.name < b.name ? -1 : 1))
    .slice(0, MAX_NAMES);
  const body: NamesResponse = { kind, names: found, told };
  return table(parameters, `${kind}-names`, body, found);
};
