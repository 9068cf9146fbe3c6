import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { countryDatabase } from '../testing/countryDatabase.js';
import { batch, event, startServer, view } from '../testing/rumServer.js';
import { serveHttp } from '../testing/serveHttp.js';
import { createCountryOf } from './country.js';

async function databaseFile(content: Buffer | string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rum-country-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'country.mmdb');
  await writeFile(file, content);
  return file;
}

const NETWORKS = countryDatabase({ '198.51.100.0/24': 'AT', '203.0.113.7/32': 'JP' });

test.each([
  [{ 'x-vercel-ip-country': 'AT' }, 'AT'],
  [{ 'cf-ipcountry': 'DE' }, 'DE'],
  [{ 'cloudfront-viewer-country': 'JP' }, 'JP'],
  [{ 'fly-region': 'cdg' }, 'FR'],
  [{ 'fly-region': 'cdg', 'cf-ipcountry': 'BE' }, 'BE'],
  [{ 'fly-region': '__proto__' }, null],
  [{ 'cf-ipcountry': 'XX' }, null],
  [{ 'cf-ipcountry': 'T1' }, null],
  [{ 'cf-ipcountry': 'Austria' }, null],
  [{}, null],
])('the country of %o is %s', async (headers, expected) => {
  const countryOf = createCountryOf(null, vi.fn());
  expect(await countryOf(new Headers(headers as Record<string, string>), '198.51.100.7')).toBe(expected);
});

test.each([
  ['198.51.100.200', {}, 'AT'],
  ['203.0.113.7', {}, 'JP'],
  ['203.0.113.8', {}, null],
  ['2001:db8::1', {}, null],
  ['nonsense', {}, null],
  ['', {}, null],
  ['198.51.100.200', { 'cf-ipcountry': 'DE' }, 'DE'],
  ['198.51.100.200', { 'fly-region': 'cdg' }, 'AT'],
  ['203.0.113.8', { 'fly-region': 'cdg' }, 'FR'],
])('by the file, %s with %o is of %s', async (address, headers, expected) => {
  const countryOf = createCountryOf(await databaseFile(NETWORKS), vi.fn());
  expect(await countryOf(new Headers(headers as Record<string, string>), address)).toBe(expected);
});

test('the country is stored, and the address is not', async () => {
  const countryDatabaseFile = await databaseFile(NETWORKS);
  const { post, store } = await startServer({ config: { countryDatabase: countryDatabaseFile } });
  await post(batch({ views: [view()], events: [event()] }), { 'x-forwarded-for': '198.51.100.7' });
  const views = await store.views({ app: 'default', from: 0, to: 1e15 }, 10);
  expect(views).toMatchObject([{ country: 'AT' }]);
  expect(JSON.stringify(views)).not.toContain('198.51');
});

test.each([
  [0, null],
  [1, 'DE'],
])(
  'who connects from the internet itself, behind %i proxies, is of %s by his own word',
  async (trustedProxyHops, country) => {
    const { handle, store } = await startServer({ config: { trustedProxyHops } });
    const post = await serveHttp({ handle });
    const sending = post(2, { 'cf-ipcountry': 'DE', 'fly-region': 'cdg', 'x-forwarded-for': '203.0.113.7' });
    sending.end(JSON.stringify(batch({ views: [view()] })));
    expect((await sending.answer).status).toBe(202);
    expect(await store.views({ app: 'default', from: 0, to: 1e15 }, 10)).toMatchObject([{ country }]);
  },
);

test('a file that is missing or no database costs the country only, and is told once with its mend', async () => {
  for (const file of ['/nowhere/country.mmdb', await databaseFile('not a database')]) {
    const { post, store, lines } = await startServer({ config: { countryDatabase: file } });
    for (let round = 0; round < 2; round += 1) {
      const response = await post(batch({ views: [view()] }), { 'x-forwarded-for': '198.51.100.7' });
      expect(response.status).toBe(202);
    }
    expect(await store.views({ app: 'default', from: 0, to: 1e15 }, 10)).toMatchObject([
      { country: null },
      { country: null },
    ]);
    expect(lines).toEqual([expect.stringMatching(/country_database_unreadable.*defineRum/)]);
  }
});
