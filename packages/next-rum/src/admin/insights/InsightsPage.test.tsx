// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Insight } from '../../server/api.js';
import { insights } from '../../testing/adminAnswers.js';
import { openAt, settle, setUpAdmin } from '../../testing/adminPage.js';
import { makeIncident } from '../../testing/savedThings.js';

const { answers, asked } = setUpAdmin();
const { app: _, hours, ...INCIDENT } = makeIncident();

function answerWith(part: Partial<Insight> = {}): void {
  const insight = { ...INCIDENT, snoozedUntil: null, together: [], ...part };
  answers['/admin/insights'] = () => Response.json(insights([insight]));
  answers['/admin/insight'] = () => Response.json({ ...insight, hours });
}

test('says what is unusual, where, and links to the views that show it', async () => {
  answerWith();
  await openAt('/insights?tz=utc');
  const card = screen.getByRole('article');
  const title = within(card).getByRole('link', { name: /p75 LCP in Safari rose from 1\.98 s to 3\.40 s/ });
  expect(title.getAttribute('href')).toMatch(/\/vitals\/lcp\?from=\d+&to=\d+&filter=browser:Safari/);
  const cause = within(card).getByRole('link', { name: 'on /cart in Safari' });
  expect(cause.getAttribute('href')).toMatch(/filter=route:\/cart&filter=browser:Safari/);
  expect(within(card).getByText(/70 views slower than usual/)).toBeTruthy();
  expect(within(card).getByText('Open')).toBeTruthy();
  await settle();
  expect(asked).toContain('GET /admin/insight?id=lcp-1795431600000');
});

test('a call that was slow is named, with a link to its requests', async () => {
  const cause = { n: 90, count: 88, expected: 4, share: 0.9, request: '0123456789abcdef' };
  const api = 'GET https://api.example.com/prices/:id';
  answerWith({ causes: [{ ...cause, places: [{ route: '/product/[id]', api }] }] });
  await openAt('/insights?tz=utc');
  const views = screen.getByRole('link', {
    name: `on /product/[id] of views in which the call ${api} was slow`,
  });
  expect(views.getAttribute('href')).toMatch(/filter=route:\/product/);
  const requests = screen.getByRole('link', { name: 'its requests' });
  expect(requests.getAttribute('href')).toMatch(
    /\/requests\/0123456789abcdef\?from=\d+&to=\d+&filter=route:/,
  );
});

test('what is one incident with it is named, with links', async () => {
  const { rule } = INCIDENT;
  answerWith({
    together: [
      { id: 'inp-1', metric: 'inp', where: { route: '/cart' }, rule },
      { id: 'errors-1', metric: 'errors', where: {}, rule },
    ],
  });
  await openAt('/insights');
  expect(screen.getByText(/^One incident with/).textContent).toBe(
    'One incident with INP on /cart and errors.',
  );
  expect(screen.getByRole('link', { name: 'INP on /cart' }).getAttribute('href')).toMatch(
    /\/insights\/inp-1$/,
  );
});

test('what visitors’ browsers sent is text', async () => {
  answerWith({ where: { route: '<img src=x onerror=alert(1)>' } });
  await openAt('/insights');
  expect(screen.getByText(/p75 LCP on <img src=x onerror=alert\(1\)>/)).toBeTruthy();
  expect(document.querySelector('article img')).toBeNull();
});

test('an admin snoozes, and a viewer cannot', async () => {
  answerWith();
  await openAt('/insights');
  const button = screen.getByRole('button', { name: 'Snooze' }) as HTMLButtonElement;
  button.click();
  await settle();
  expect(asked).toContain('POST /admin/insights');
});

test('says what is watched where nothing is unusual, and where nothing is watched yet', async () => {
  const { unmount } = await openAt('/insights');
  expect(screen.getByText('Nothing was unusual')).toBeTruthy();
  expect(screen.getByText(/by the clock of UTC/)).toBeTruthy();
  unmount();
  answers['/admin/insights'] = () => Response.json(insights([], { watched: null }));
  await openAt('/insights');
  expect(screen.getByText('Nothing is watched yet')).toBeTruthy();
});

test('an incident that is gone is said to be', async () => {
  answers['/admin/insight'] = () => Response.json({ error: 'not_found', message: 'gone' }, { status: 404 });
  await openAt('/insights/lcp-1');
  expect(screen.getByText('It is not there')).toBeTruthy();
});

test('the overview says how many are open, and leads to them', async () => {
  answerWith();
  await openAt('');
  const link = screen.getByRole('link', { name: '1 open incident' });
  expect(link.getAttribute('href')).toMatch(/\/insights/);
});
