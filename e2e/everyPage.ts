import { type Page, writePage } from '../packages/next-rum/dist/admin/address/page.js';
import { PLACES } from '../packages/next-rum/dist/admin/frame/places.js';
import { INCIDENT, ROUTE } from './adminMatrixData.js';
import { expect, VITALS } from './shop.js';

/** Of what there is one of: its id. */
export interface Ids {
  readonly board: string;
  readonly error: string;
  readonly request: string;
  readonly session: string;
}

type Known = Exclude<Page['name'], 'unknown'>;

/** A page of each name, and its path; of a name that is not here, the types complain. */
export function everyPage(ids: Ids): readonly (readonly [name: Known, path: string])[] {
  const pages: { readonly [N in Known]: Extract<Page, { readonly name: N }> } = {
    overview: { name: 'overview' },
    vitals: { name: 'vitals', metric: 'lcp' },
    pages: { name: 'pages' },
    route: { name: 'route', route: ROUTE },
    errors: { name: 'errors' },
    error: { name: 'error', fingerprint: ids.error },
    insights: { name: 'insights' },
    insight: { name: 'insight', id: INCIDENT },
    requests: { name: 'requests' },
    request: { name: 'request', key: ids.request },
    sessions: { name: 'sessions' },
    session: { name: 'session', id: ids.session },
    actions: { name: 'actions' },
    components: { name: 'components' },
    journeys: { name: 'journeys' },
    funnels: { name: 'funnels' },
    goals: { name: 'goals' },
    live: { name: 'live' },
    health: { name: 'health' },
    boards: { name: 'boards' },
    board: { name: 'board', id: ids.board },
    settings: { name: 'settings' },
  };
  const known = Object.values(pages);
  expect(known.map(({ name }) => name).sort()).toEqual(
    [...new Set(PLACES.flatMap(({ names }) => names))].sort(),
  );
  const vitals = VITALS.filter((metric) => metric !== pages.vitals.metric);
  return [...known, ...vitals.map((metric) => ({ name: 'vitals', metric }) as const)].map(
    (page) => [page.name, writePage(page)] as const,
  );
}
