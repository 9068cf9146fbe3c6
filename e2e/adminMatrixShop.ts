import { ADMIN_PATHS } from '../packages/next-rum/dist/server/api.js';
import { FROM, fill, TO } from './adminMatrixData.js';
import { adminTest } from './adminTest.js';
import type { Ids } from './everyPage.js';
import { boardMaker } from './makeBoard.js';
import { expect, openShop, PASSWORD, type Shop, type View } from './shop.js';

const VIEWER_PASSWORD = 'only-to-look-at';
export const SPAN: string = `from=${FROM}&to=${TO}`;

/** Who asks: nobody, whoever may look, whoever may change, and whoever has a link to a board. */
export const WHO = ['anonymous', 'viewer', 'admin', 'link'] as const;
export type Who = (typeof WHO)[number];

export interface Matrix extends Shop {
  /** What each of them says of themselves to the API. */
  readonly headers: { readonly [who in Who]: Readonly<Record<string, string>> };
  /** What a link to a board ends with. */
  readonly token: string;
  /** Of what there is one of: its id. */
  readonly ids: Ids;
  /** The views that there are. */
  readonly stored: readonly View[];
}

/** A panel of each kind. */
const PANELS = [
  { metric: 'views', dimension: null, chart: 'number' },
  { metric: 'views', dimension: null, chart: 'line' },
  { metric: 'lcp', dimension: null, chart: 'histogram' },
  { metric: 'views', dimension: 'route', chart: 'bars' },
  { metric: 'lcp', dimension: 'browser', chart: 'table' },
];

/**
 * Scenarios of a shop in which there is something of everything.
 *
 * @param names What it is called: as much again of each.
 */
export const matrixTest = (names: readonly [string, ...string[]]) =>
  adminTest<Matrix>(async (database) => {
    const stored = await fill(database, names);
    const { shop, close } = await openShop(database, { RUM_VIEWER_PASSWORD: VIEWER_PASSWORD });
    const [admin, viewer] = [await signedIn(shop, PASSWORD), await signedIn(shop, VIEWER_PASSWORD)];
    const make = boardMaker(shop, admin);
    const [name] = names;
    const board = await make.board(name, PANELS);
    await make.link(board, SPAN, name);
    const token = await make.link(await make.board('For everybody', PANELS.slice(0, 1)), SPAN);
    const headers = {
      anonymous: {},
      viewer: { cookie: `rum_session=${viewer}` },
      admin: { cookie: `rum_session=${admin}` },
      link: { 'x-rum-share': token },
    };
    for (const [path, body] of [
      ['notes', { do: 'save', at: FROM + 60_000, text: name }],
      ['saved-views', { do: 'save', name, page: '/vitals/lcp', search: '?range=7d' }],
      ['settings', { replaces: 0, addresses: [], paths: [`/${name}/*`] }],
    ] as const) {
      const saved = await ask({ ...shop, headers }, 'admin', `/admin/${path}`, 'POST', body);
      expect([path, saved.status, await saved.text()]).toEqual([path, 200, expect.any(String)]);
    }
    const first = async (path: string, list: string, id: string): Promise<string> => {
      const answer = await (await ask({ ...shop, headers }, 'admin', `${path}?${SPAN}`)).json();
      return answer[list][0][id];
    };
    const ids = {
      board,
      session: stored[0]?.id ?? '',
      error: await first(ADMIN_PATHS.errors, 'groups', 'fingerprint'),
      request: await first(ADMIN_PATHS.requests, 'rows', 'key'),
    };
    return { shop: { ...shop, headers, token, ids, stored }, close };
  });

async function signedIn({ url }: Shop, password: string): Promise<string> {
  const response = await fetch(`${url}/api/rum/admin/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ password }),
  });
  const [cookie = ''] = (response.headers.get('set-cookie') ?? '').split(';');
  return cookie.slice(cookie.indexOf('=') + 1);
}

/** As the admin's own page does. */
export async function ask(
  { url, headers }: Pick<Matrix, 'url' | 'headers'>,
  who: Who,
  path: string,
  method: 'GET' | 'POST' = 'GET',
  body: object = {},
): Promise<Response> {
  const writes = method === 'POST' && { 'content-type': 'application/json', origin: url };
  return fetch(`${url}/api/rum${path}`, {
    method,
    headers: { ...headers[who], ...writes },
    ...(writes && { body: JSON.stringify(body) }),
  });
}
