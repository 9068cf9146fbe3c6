import { expect, test } from 'vitest';
import { openSource, PROVIDERS } from '../../../testing/openSource.js';
import { makeView, NOON, randomFrom } from '../../../testing/rows.js';
import { sessionsOf } from '../../../testing/sessionsByHand.js';
import type { ViewRow } from '../../rows.js';
import type { ViewRange } from '../../store.js';
import type { Span } from '../rollup/rawSpans.js';
import type { Source } from '../rollup/rollupCells.js';
import { sampledSessions } from './sampledSessions.js';
import type { WalkedView } from './walkedView.js';

const HOUR = 3_600_000;
const RANGE = { app: 'shop', from: NOON, to: NOON + 240 * HOUR };

/** Visits of three views each over ten days, some minutes apart. */
function visits(count: number): readonly ViewRow[] {
  const random = randomFrom(11);
  return Array.from({ length: count }, (_, visit) => {
    const visitor = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');
    const began = NOON + Math.floor(random() * 240 * HOUR);
    return [0, 1, 2].map((place) =>
      makeView(visit * 3 + place, {
        visitor,
        startedAt: began + place * 600_000,
        route: `/${place}`,
        country: visit % 5 === 0 ? 'DE' : 'FR',
      }),
    );
  }).flat();
}

interface Told {
  readonly span: Span;
  readonly sessions: readonly (readonly WalkedView[])[];
}

async function sampleOf(source: Source, range: ViewRange, effort: { scanned: number; read: number }) {
  const parts: Told[] = [];
  const seen = await sampledSessions(source, range, { effort }, ({ sessions, span }) => {
    parts.push({ sessions, span });
  });
  return { parts, seen };
}

function idsOf(sessions: readonly (readonly { readonly id: string }[])[]): readonly string[] {
  return sessions.map((views) => views.map(({ id }) => id).join()).sort();
}

function isBelow(share: number): (session: readonly ViewRow[]) => boolean {
  return ([first]) => Number.parseInt(first?.visitor.slice(0, 8) ?? '', 16) < Math.round(share * 2 ** 32);
}

test.each(PROVIDERS)('few are all of them (%s)', async (provider) => {
  const views = visits(300);
  const { parts, seen } = await sampleOf(await openSource(provider, { views }), RANGE, {
    scanned: 5000,
    read: 1000,
  });
  expect(idsOf(parts.flatMap(({ sessions }) => sessions))).toEqual(idsOf(sessionsOf(views, RANGE)));
  const views_ = views.filter(({ startedAt }) => startedAt < RANGE.to).length;
  expect(seen).toEqual({ views: views_, of: views_, since: NOON, complete: true });
});

test.each(PROVIDERS)('of more they are the whole sessions of some of the visitors (%s)', async (provider) => {
  const views = visits(400);
  const { parts, seen } = await sampleOf(await openSource(provider, { views }), RANGE, {
    scanned: 5000,
    read: 300,
  });
  const all = sessionsOf(views, RANGE);
  const of = all.flat().length;
  const expected = all.filter(isBelow(300 / of));
  expect(expected.length).toBeGreaterThan(50);
  expect(idsOf(parts.flatMap(({ sessions }) => sessions))).toEqual(idsOf(expected));
  expect(seen).toEqual({ views: expected.flat().length, of, since: NOON, complete: false });
});

test.each(PROVIDERS)(
  'of very many they are those in spans of hours, as whole as they are at the end of each (%s)',
  async (provider) => {
    const views = visits(2000);
    const { parts, seen } = await sampleOf(await openSource(provider, { views }), RANGE, {
      scanned: 1000,
      read: 500,
    });
    expect(parts.length).toBeGreaterThanOrEqual(4);
    const all = sessionsOf(views, RANGE);
    const share = 500 / 1000;
    for (const { span, sessions } of parts) {
      const own = all.filter(([first]) => {
        const at = first?.startedAt ?? 0;
        return at >= span.begins && at < span.ends - HOUR;
      });
      expect(idsOf(sessions)).toEqual(idsOf(own.filter(isBelow(share))));
    }
    expect(seen).toMatchObject({ since: NOON, complete: false });
  },
);

test.each(PROVIDERS)(
  'where filters let few through, more visitors are looked at, none twice (%s)',
  async (provider) => {
    const views = visits(400);
    const range: ViewRange = { ...RANGE, where: [{ dimension: 'country', keep: true, values: ['DE'] }] };
    const { parts, seen } = await sampleOf(await openSource(provider, { views }), range, {
      scanned: 5000,
      read: 300,
    });
    const all = sessionsOf(views, range);
    const found = idsOf(parts.flatMap(({ sessions }) => sessions));
    expect(new Set(found).size).toBe(found.length);
    expect(found).toEqual(idsOf(all.filter(isBelow((4 * 300) / sessionsOf(views, RANGE).flat().length))));
    expect(seen.views).toBeGreaterThan(150);
  },
);
