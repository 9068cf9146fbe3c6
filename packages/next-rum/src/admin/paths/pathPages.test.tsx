// @vitest-environment jsdom
import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { FunnelResponse, SessionsResponse } from '../../server/api.js';
import { retention } from '../../testing/adminAnswers.js';
import { openAt, settle, setUpAdmin } from '../../testing/adminPage.js';

const { answers, asked } = setUpAdmin();
const RANGE = { name: '24h', from: 0, to: 86_400_000, bucketMs: 1_800_000 } as const;
const SEEN = { views: 50_000, of: null, since: 3_600_000, complete: false };

async function arrive(path: string): Promise<void> {
  await openAt(path);
  for (let tries = 0; tries < 40 && screen.queryAllByRole('region').length === 0; tries += 1) {
    await settle();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await settle();
}

test('who came again is a table under consent, an empty week is no zero', async () => {
  const figure = (part: number, whole: number) => ({
    part,
    whole,
    share: part / whole,
    interval: [0.1, 0.4] as const,
  });
  const monday = Date.UTC(2026, 10, 16);
  answers['/admin/retention'] = () =>
    Response.json(
      retention({
        cohorts: [
          { t: monday - 604_800_000, users: 8, returned: [figure(2, 8), figure(0, 8)] },
          { t: monday, users: 3, returned: [figure(1, 3)] },
        ],
      }),
    );
  await arrive('/goals');
  const rows = within(screen.getByRole('region', { name: 'Retention table' })).getAllByRole('row');
  expect(rows.map((row) => row.textContent)).toEqual([
    'First seen in the week ofUsersA week later2 weeks later',
    '9 Nov825 %10.0–40.0 %0 %10.0–40.0 %',
    '16 Nov333.3 %10.0–40.0 %',
  ]);
  expect(asked.some((each) => each.includes('/admin/goals'))).toBe(false);
});

test('retention says what it needs where there is none', async () => {
  answers['/admin/retention'] = () => Response.json(retention({ privacy: 'strict' }));
  await arrive('/goals');
  expect(screen.getByRole('region', { name: 'Retention' }).textContent).toContain('Nobody can be told again');
  expect(screen.queryByRole('region', { name: 'Retention table' })).toBeNull();
});

const NO_VITALS = { lcp: null, inp: null, cls: null, fcp: null, ttfb: null };

test('a funnel says how sure it is of a difference, and how far back it looks', async () => {
  const share = (part: number, whole: number) => ({
    part,
    whole,
    share: part / whole,
    interval: [0.2, 0.6] as const,
  });
  const lcp = {
    p75: 3000,
    interval: [2800, 3300] as const,
    n: 100,
    slow: share(20, 50),
    fast: share(21, 50),
    difference: { value: -0.02, interval: [-0.2, 0.16] as const },
  };
  const step = { kind: 'view' as const, median: null, medianInterval: null };
  const funnel: FunnelResponse = {
    range: RANGE,
    sessions: 400,
    open: 3,
    steps: [
      {
        ...step,
        name: '/',
        reached: 100,
        fromPrevious: null,
        fromFirst: share(100, 100),
        vitals: { ...NO_VITALS, lcp },
      },
      {
        ...step,
        name: '/x',
        reached: 41,
        fromPrevious: share(41, 100),
        fromFirst: share(41, 100),
        vitals: NO_VITALS,
      },
    ],
    dimension: 'device',
    segments: [{ value: '', reached: [100, 41], conversion: share(41, 100) }],
    seen: SEEN,
  };
  answers['/admin/funnel'] = () => Response.json(funnel);
  await arrive('/funnels?steps=view:/|view:/x&window=30');
  const speed = screen.getByRole('region', { name: 'Speed and going on, as a table' });
  expect(speed.textContent).toContain('3.00 s2.80–3.30 sn = 100');
  expect(speed.textContent).toContain('Slow ones went on 2.0 points less');
  expect(speed.textContent).toContain('95 % interval −20.0 points to +16.0 points: may be chance');
  expect(screen.getByRole('region', { name: 'Conversion' }).textContent).toContain(
    'the latest 50,000 views, since',
  );
  expect(screen.getByRole('region', { name: 'Conversion' }).textContent).toContain(
    '3 of those who have not taken',
  );
  expect(asked.find((each) => each.includes('/admin/funnel'))).toBe(
    'GET /admin/funnel?step=view%3A%2F&step=view%3A%2Fx&window=30&dimension=device',
  );
  fireEvent.click(screen.getByRole('button', { name: 'Remove step 2: /x' }));
  await settle();
  expect(screen.queryByRole('region', { name: 'Conversion' })).toBeNull();
  expect(window.location.search).toBe('?steps=view:/&window=30');
});

test('listed sessions name a user where the application did, and text is text', async () => {
  const hostile = '<img src=x onerror=hack()>';
  const session: SessionsResponse['sessions'][number] = {
    id: '0199f3c2-7a51-7000-8000-000000000000',
    startedAt: 0,
    duration: 65_000,
    views: 2,
    entry: hostile,
    exit: '\u202Egnp.exe',
    country: 'DE',
    device: 'mobile',
    browser: null,
    os: 'iOS',
    errors: 2,
    frustrations: 0,
    worst: { name: 'cls', value: 0.31, rating: 'poor' },
    userId: 'u-7',
    sample: false,
  };
  const body: SessionsResponse = { range: RANGE, sessions: [session], truncated: true, seen: SEEN };
  answers['/admin/sessions'] = () => Response.json(body);
  await arrive('/sessions?with=errors');
  const row = within(screen.getByRole('region', { name: 'Sessions table' })).getAllByRole('row')[1];
  expect(row?.textContent).toContain(hostile);
  expect(row?.textContent).toContain('u-7');
  expect(row?.textContent).toContain('1 min 5 s');
  expect(row?.querySelector('img')).toBeNull();
  expect(screen.getByRole('region', { name: 'Latest sessions' }).textContent).toContain(
    'the latest 1 session',
  );
  expect(asked.find((each) => each.includes('/admin/sessions'))).toBe('GET /admin/sessions?with=errors');
});
