import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../store/openStore.js';
import { openMailServer } from '../testing/mailServer.js';
import { makeEvent, makeView } from '../testing/rows.js';
import { createProgram } from './program.js';

const NOW = Date.UTC(2026, 10, 23, 15);
const DAY = 86_400_000;

const RETAIN = ['--retain', '--minutes', '2', '--hours', '90', '--days', '396'];

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'next-rum-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function run(...args: string[]): Promise<string> {
  const lines: string[] = [];
  const program = createProgram({ now: () => NOW, print: (line) => lines.push(line) });
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeErr: () => undefined });
  }
  await program.parseAsync(args, { from: 'user' });
  return lines.join('\n');
}

test('seed fills an empty database with sample visits up to a few minutes ago, once', async () => {
  const database = `file:${folder}/rum.db`;
  expect(await run('seed', '--database', database, '--days', '1')).toMatch(
    /^Added \d+ sample visits: \d+ views/,
  );

  const store = await openStore(database);
  try {
    const week = { app: 'default', from: NOW - 2 * DAY, to: NOW };
    const before = await store.totals(week);
    expect(before.views).toBeGreaterThan(300);
    expect(before.sampleViews).toBe(before.views);
    expect(before.events).toBeGreaterThan(20);
    const [newest] = await store.views(week, 1);
    expect(newest?.startedAt).toBeGreaterThan(NOW - 30 * 60_000);
    expect(newest).toMatchObject({ sample: true, country: expect.stringMatching(/^[A-Z]{2}$/) });
    expect(newest?.browser).not.toBeNull();

    expect(await run('seed', '--database', database, '--days', '1')).toContain('nothing was added');
    expect(await store.totals(week)).toEqual(before);
  } finally {
    await store.close();
  }
});

test('maintain counts what was seeded, and deletes only when told to', async () => {
  const database = `file:${folder}/rum.db`;
  await run('seed', '--database', database, '--days', '3');

  expect(await run('maintain', '--database', database)).toMatch(
    /^Counted \d{3,} minutes, \d{2} hours, [23] days\.\nWatched \d{2} hours: 0 incidents opened, 0 resolved\.\nCompared releases, flags and weeks of 1 app\.$/,
  );
  const deleting = await run('maintain', '--database', database, ...RETAIN, '--raw', '1.5');
  expect(deleting).toMatch(
    /^Counted 0 minutes, 0 hours, 0 days\.\nWatched 0 hours: 0 incidents opened, 0 resolved\.\nCompared .* of 1 app\.\nDeleted \d{3,} views, \d+ events, \d+ rows/,
  );
});

test('in a week of sample visits a release made a page slower in one browser, and watching tells so', async () => {
  const database = `file:${folder}/rum.db`;
  await run('seed', '--database', database);
  expect(await run('maintain', '--database', database)).toMatch(/: 1 incident opened, 0 resolved\./);
  const store = await openStore(database);
  try {
    const week = { app: 'default', from: NOW - 7 * DAY, to: NOW };
    const [incident] = await store.incidents(week, 1);
    expect(incident).toMatchObject({
      metric: 'lcp',
      ended: null,
      release: { release: expect.stringMatching(/^1\.\d+\.0$/) },
    });
    expect(incident?.causes[0]?.places).toEqual([{ route: '/product/[id]', browser: 'Chrome' }]);
    // Since it came there is no other one.
    const releases = await store.breakdown({ ...week, from: NOW - 1.8 * DAY }, 'release', 9);
    expect(releases.map(({ value }) => value)).toEqual([incident?.release?.release]);
  } finally {
    await store.close();
  }
}, 60_000);

test('maintain does not guess what is to be deleted, and shows the whole command', async () => {
  const database = `file:${folder}/rum.db`;
  await run('seed', '--database', database, '--days', '1');
  const command = 'next-rum maintain --retain --raw 30 --minutes 2 --hours 90 --days 396';

  await expect(run('maintain', '--database', database, '--retain')).rejects.toThrow(command);
  await expect(run('maintain', '--database', database, ...RETAIN)).rejects.toThrow('--raw is missing');
  expect(await run('maintain', '--database', database, ...RETAIN, '--raw', '30')).toContain(
    'Deleted 0 views',
  );
});

test('erase takes a visitor, a user, what is older, or sample data, and says how much it was', async () => {
  const database = `file:${folder}/rum.db`;
  const visitor = '0123456789abcdef0123456789abcdef';
  const store = await openStore(database);
  const old = Date.parse('2026-11-01T12:00Z');
  await store.insert({
    views: [
      makeView(1, { visitor }),
      makeView(2, { userId: 'u-17' }),
      makeView(3, { visitor: 'other', startedAt: old }),
      makeView(4, { visitor: 'other', startedAt: old + 1, app: 'shop~bots' }),
      makeView(5, { visitor: 'other', sample: true }),
      makeView(6, { visitor: 'other' }),
    ],
    events: [makeEvent(7, { visitor })],
  });
  await store.close();
  const erase = (...which: string[]): Promise<string> =>
    run('erase', '--database', database, '--app', 'shop', ...which);

  expect(await erase('--visitor', visitor.toUpperCase())).toBe(
    'Erased 1 views, 1 events of shop and shop~bots.',
  );
  expect(await erase('--user', 'u-17')).toBe('Erased 1 views, 0 events of shop and shop~bots.');
  expect(await erase('--before', '2026-11-02')).toBe('Erased 2 views, 0 events of shop and shop~bots.');
  expect(await erase('--sample')).toBe('Erased 1 views, 0 events of shop and shop~bots.');
  const left = await openStore(database);
  expect(await left.totals({ app: 'shop', from: 0, to: NOW })).toMatchObject({ views: 1 });
  await left.close();
});

test('copy brings everything into another database, with progress and checksums, once', async () => {
  const [from, to] = [`file:${folder}/from.db`, `file:${folder}/to.db`];
  await run('seed', '--database', from, '--days', '1');

  const lines = (await run('copy', '--from', from, '--to', to)).split('\n');
  expect(lines.filter((line) => /^views: \d+ of \d+$/.test(line)).length).toBeGreaterThan(0);
  expect(lines.at(-12)).toMatch(/^Views: (\d{3,}) compared, \1 of them new\. SHA-256 [0-9a-f]{64}$/);
  expect(lines.at(-8)).toMatch(/^Counts of minutes: \d+ compared, \d+ of them new\. SHA-256 [0-9a-f]{64}$/);
  expect(await run('copy', '--from', from, '--to', to)).toMatch(/Views: \d{3,} compared, 0 of them new/);
});

test('migrate makes the tables and says which steps it took', async () => {
  const database = `file:${folder}/rum.db`;
  expect(await run('migrate', '--database', database)).toMatch(/^Applied \S+/);
  expect(await run('migrate', '--database', database)).toBe('The tables are up to date.');
});

test.each([
  [['seed', '--days', '0'], 'whole number from 1 to 30'],
  [['seed', '--days', 'week'], 'whole number from 1 to 30'],
  [['seed', '--database', 'mysql://db'], 'postgresql://'],
  [['migrate', '--database', 'rum.db'], 'file:./rum.db'],
  [['maintain', '--raw', '0'], 'number of days above 0'],
  [['erase'], 'exactly one of --visitor, --user, --before and --sample, and none'],
  [['erase', '--sample', '--user', 'u-17'], 'exactly one of --visitor, --user, --before and --sample, and 2'],
  [['erase', '--visitor', 'u-17'], '32 hex digits'],
  [['erase', '--before', 'yesterday'], '2026-11-01'],
  [['erase', '--user', 'jane@shop.example'], 'written down as [email]'],
  [['copy', '--from', 'file:./rum.db'], "option '--to <url>'"],
  [['copy', '--from', 'file:./unused.db', '--to', 'mysql://db'], 'postgresql://'],
])('refuses %j and says what to give', async (args, mend) => {
  await expect(run(...args)).rejects.toThrow(mend);
});

test('report tells the last seven days as text, and writes them as HTML', async () => {
  const database = `file:${folder}/rum.db`;
  await run('seed', '--database', database, '--days', '3');
  const out = `${folder}/report.html`;
  const text = await run(
    'report',
    ...['--database', database, '--time-zone', 'Europe/Berlin', '--out', out],
    ...['--admin-url', 'https://shop.example/admin/rum'],
  );
  expect(text).toMatch(/^default, 16–22 Nov 2026 \(Europe\/Berlin\)\n\nVITALS, P75\n- LCP: \d/);
  expect(text).toContain(`Wrote ${out}.`);
  const html = await readFile(out, 'utf8');
  expect(html).toMatch(/^<!doctype html>/);
  expect(html).toContain('href="https://shop.example/admin/rum"');
  await expect(run('report', '--database', database, '--smtp', 'smtp://127.0.0.1:1')).rejects.toThrow(
    'needs --from and --to',
  );
  await expect(run('report', '--database', database, '--time-zone', 'Mars/Base')).rejects.toThrow('timeZone');
});

test('report sends both through a real server to all who are named, and says so', async () => {
  const { port, mails } = await openMailServer();
  const database = `file:${folder}/rum.db`;
  await run('seed', '--database', database, '--days', '3');
  const sent = await run(
    'report',
    ...['--database', database, '--smtp', `smtp://127.0.0.1:${port}?ignoreTLS=true`],
    ...['--from', 'RUM <rum@shop.example>', '--to', 'team@shop.example', 'boss@shop.example'],
  );
  expect(sent).toMatch(/^default, 16–22 Nov 2026 \(UTC\)\n\nVITALS, P75\n- LCP: \d/);
  expect(sent.split('\n').at(-1)).toBe('Sent to team@shop.example, boss@shop.example.');
  expect(mails.map(({ to }) => to)).toEqual([['team@shop.example', 'boss@shop.example']]);
  const [{ text } = { text: '' }] = mails;
  expect(text).toContain(`Message-ID: <default.report.2026-11-16.${NOW}@shop.example>`);
  expect(text).toMatch(/^From: RUM <rum@shop\.example>\r$/m);
  expect(text).toMatch(/Content-Type: text\/plain; charset=utf-8/);
  expect(text).toMatch(/Content-Type: text\/html; charset=utf-8/);

  // Nothing is said to be sent that was not.
  const refused = run(
    'report',
    ...['--database', database, '--smtp', 'smtp://127.0.0.1:1', '--from', 'rum@shop.example'],
    ...['--to', 'team@shop.example'],
  );
  await expect(refused).rejects.toThrow('ECONNREFUSED');
  expect(mails).toHaveLength(1);
});
