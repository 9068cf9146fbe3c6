import { newId, RECEIPT_HEADER, readReceipt } from '@rumkit/react-rum/protocol';
import { expect, type Shop, signIn, test } from './shop.js';
import { count } from './shownFigures.js';

/** More views than a batch may have. */
const TOO_MANY = 1000;

const known = (): number => Date.now() - 1000;

/** A view as an agent sends it. */
function view() {
  const startedAt = known();
  return {
    id: newId(startedAt),
    revision: 1,
    startedAt,
    route: '/lamps',
    path: '/lamps',
    router: 'app',
    navigationType: 'navigate',
    vitals: { lcp: { value: 1200 } },
  };
}

type SentView = ReturnType<typeof view>;

/** An event of the view. @param said What makes it one of its type, or none. */
function event({ id: viewId, route }: SentView, said: { readonly [field: string]: unknown }) {
  const at = known();
  return { id: newId(at), viewId, at, route, ...said };
}

const ERROR = { type: 'error', name: 'TypeError', message: 'no lamp', source: 'window.error' };

/** Sends as a browser does. */
async function post(shop: Shop, body: string): Promise<Response> {
  return fetch(`${shop.url}/api/rum/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: shop.url },
    body,
  });
}

function batch(views: readonly object[], events: readonly object[]): string {
  const now = Date.now();
  return JSON.stringify({ v: 1, app: 'default', sentAt: now, sessionId: newId(now), views, events });
}

test('data health counts all that was sent: taken on, told before, and refused by reason', async ({
  shop,
  page,
}) => {
  const views = Array.from({ length: 7 }, view);
  const events = views.map((each) => event(each, ERROR));
  const again = { views: views.slice(0, 3), events: events.slice(0, 2) };
  const unknown = views.slice(0, 4).map((each) => event(each, { type: 'hologram', name: 'lamp' }));
  const invalid = [
    { ...view(), startedAt: 'yesterday' },
    { ...view(), route: 7 },
  ];
  const messageless = [event(view(), { ...ERROR, message: undefined })];

  const sent = [{ views, events }, again, { views: invalid, events: [...unknown, ...messageless] }];
  const receipts = [];
  for (const each of sent) {
    const response = await post(shop, batch(each.views, each.events));
    receipts.push(readReceipt(response.headers.get(RECEIPT_HEADER), await response.text()));
  }
  expect(receipts.map(({ accepted, duplicate, rejected }) => [accepted, duplicate, rejected.length])).toEqual(
    [
      [views.length + events.length, 0, 0],
      [0, again.views.length + again.events.length, 0],
      [0, 0, invalid.length + messageless.length + unknown.length],
    ],
  );
  for (const broken of ['{"v":1', '[]']) expect((await post(shop, broken)).status).toBe(400);
  const tooMany = Array.from({ length: TOO_MANY }, view);
  expect((await post(shop, batch(tooMany, []))).status).toBe(413);

  // What the admin tells of itself would be counted too: whoever asks for privacy is not told of.
  await page.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }));
  await signIn(page, shop);
  await page.goto(`${shop.url}/admin/rum/health`);
  const panel = page.getByRole('region', { name: 'What came in', exact: true });
  const told = (label: string) =>
    panel
      .locator('dl > div')
      .filter({ has: page.getByText(label, { exact: true }) })
      .locator('dd');
  const items = sent.flatMap((each) => [...each.views, ...each.events]);
  await expect(told('Received')).toHaveText(count(items.length));
  await expect(told('Accepted')).toHaveText(count(views.length + events.length));
  await expect(told('Duplicate')).toHaveText(count(again.views.length + again.events.length));
  await expect(told('Rejected')).toHaveText(count(invalid.length + messageless.length + unknown.length));
  await expect(told('Rejected as')).toHaveText(
    `${unknown.length} unknown type · ${invalid.length + messageless.length} invalid`,
  );
  await expect(told('Requests refused')).toHaveText('2 malformed · 1 too large');
  await expect(panel.getByText('Requests put off')).toHaveCount(0);
  await expect(panel.getByText('Put aside')).toHaveCount(0);

  // What is told is what is stored.
  expect((await shop.views()).map(({ id }) => id)).toEqual(views.map(({ id }) => id).sort());
  expect(await shop.events()).toHaveLength(events.length);

  // It goes on with what comes later.
  const later = [view(), view()];
  await post(shop, batch(later, []));
  await page.reload();
  await expect(told('Received')).toHaveText(count(items.length + later.length));
  await expect(told('Accepted')).toHaveText(count(views.length + events.length + later.length));
});
