// @vitest-environment jsdom
import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { JobHealth, ThreadHealth } from '../../server/api.js';
import { health } from '../../testing/adminAnswers.js';
import { openAt, settle, setUpAdmin } from '../../testing/adminPage.js';

const { answers, asked } = setUpAdmin();

const { now, lastDay } = health();

test('what was sent in a day is shown with what became of it, by reason', async () => {
  answers['/health'] = () =>
    Response.json(
      health({
        lastDay: {
          batches: { received: 30, accepted: 20, refused: { origin_not_allowed: 7 }, deferred: { busy: 3 } },
          items: {
            received: 1500,
            accepted: 1200,
            duplicate: 250,
            rejected: { unknown_type: 10, invalid: 40 },
            late: 0,
          },
          rows: { bot: 0, clockCorrected: 0, clockClamped: 0, otherLabel: 0 },
        },
        deadLetters: 2,
      }),
    );
  await openAt('/health');
  expect(factsOf()).toMatchObject({
    Received: '1,500',
    Accepted: '1,200',
    Duplicate: '250',
    Rejected: '50',
    'Rejected as': '40 invalid · 10 unknown type',
    'Requests refused': '7 origin not allowed',
    'Requests put off': '3 busy, to come again',
    'Put aside': '2 that the database refused',
  });
});

test('where nothing went wrong there is nothing to read about it', async () => {
  await openAt('/health');
  expect(Object.keys(factsOf())).toEqual([
    'Received',
    'Accepted',
    'Duplicate',
    'Rejected',
    'Jobs',
    'Rejected as',
  ]);
  expect(factsOf()).toMatchObject({ Received: '1,200', Rejected: '0', 'Rejected as': '—' });
});

test('what the database does not tell is not shown as nothing', async () => {
  const unread = ['lastDay', 'deadLetters'] as const;
  answers['/health'] = () => Response.json(health({ lastDay: null, deadLetters: null, unread }));
  await openAt('/health');
  expect(factsOf()).toMatchObject({
    Received: '—',
    Rejected: '—',
    'Rejected as': '—',
    'Not read': 'last 24 hours · what was put aside',
  });
});

test.each<[Partial<JobHealth>, string]>([
  [{ state: 'ok', lastRunAt: now - 12_000 }, 'Rollups OK · ran 12 s ago'],
  [{ state: 'late', lastRunAt: now - 7_200_000 }, 'Rollups late · ran 2 h ago'],
  [{ state: 'failed', error: 'disk full' }, 'Rollups failed · not run yet · disk full'],
  [{ name: 'watch', note: 'shop is watched anew' }, 'Watching OK · not run yet · shop is watched anew'],
  [{ name: 'vacuum', state: 'ok' }, 'vacuum OK · not run yet'],
])('a job that is %o is told in words', async (job, text) => {
  const jobs = [{ name: 'rollup', state: 'ok', lastRunAt: null, error: null, note: null, ...job } as const];
  answers['/health'] = () => Response.json(health({ jobs }));
  await openAt('/health');
  expect(factsOf().Jobs).toBe(text);
});

test.each<[ThreadHealth | null, string | undefined]>([
  [{ state: 'own' }, undefined],
  [null, undefined],
  [{ state: 'shared', reason: 'serverless' }, undefined],
  [{ state: 'shared', reason: 'not_found' }, 'In the app’s thread: the code of its own was not found'],
  [
    { state: 'shared', reason: 'other_version' },
    'In the app’s thread: the app was built with another version, build it again',
  ],
  [{ state: 'shared', reason: 'failed' }, 'In the app’s thread: its own could not be started'],
])('a store that works in %o is told of where the app waits for it', async (thread, text) => {
  const { store } = health();
  answers['/health'] = () => Response.json(health({ store: { ...store, thread } }));
  await openAt('/health');
  expect(factsOf().Store).toBe(text);
});

test('a failure leaves the rest alone, and Retry asks again', async () => {
  answers['/health'] = () => Response.json({ status: 'unavailable' }, { status: 503 });
  await openAt('/health');
  await settle(5000);
  const alert = screen.getByRole('alert');
  expect(panel().contains(alert)).toBe(true);
  expect(alert.textContent).toContain('The server answered 503.');
  answers['/health'] = () => Response.json(health({ lastDay }));
  asked.length = 0;
  fireEvent.click(within(alert).getByRole('button', { name: 'Retry' }));
  await settle();
  expect(asked).toContain('GET /health?details');
  expect(factsOf()).toMatchObject({ Received: '1,200' });
});

function panel(): HTMLElement {
  return screen.getByRole('region', { name: 'What came in' });
}

function factsOf(): { readonly [label: string]: string | null | undefined } {
  return Object.fromEntries(
    Array.from(panel().querySelectorAll('dt'), (term) => [
      term.textContent,
      term.nextElementSibling?.textContent,
    ]),
  );
}
