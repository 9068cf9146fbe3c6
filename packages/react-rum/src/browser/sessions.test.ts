// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest';
import { agentPage } from '../testing/agentPage.js';
import { setPageVisible } from '../testing/pageVisibility.js';
import { type RumAgent, type RumAgentOptions, reportError, setConsent, track } from './index.js';
import { registry } from './registry.js';

const page = agentPage();
const MINUTE = 60_000;
const CONSENTED: RumAgentOptions = { privacy: 'consent', consent: 'granted' };
let now: number;

beforeEach(() => {
  now = 1_700_000_000_000;
});

function start(options?: RumAgentOptions): RumAgent {
  return page.start(options, () => now);
}
function scroll(): void {
  window.dispatchEvent(new Event('scroll'));
}
/** What another tab of the same site finds and writes. */
function stored(): { id: string; sampled: number; startedAt: number; activeAt: number } {
  return JSON.parse(localStorage.getItem('rum.session') ?? 'null');
}

test('after 15 minutes of silence the next activity begins a session, and in it a view of the same page', async () => {
  const { sessionId, viewId, flush } = start();
  const [session, view] = [sessionId(), viewId()];
  now += 14 * MINUTE;
  scroll();
  now += 14 * MINUTE;
  scroll();
  expect(sessionId()).toBe(session);

  now += 16 * MINUTE;
  expect(sessionId()).toBe(session);
  scroll();
  expect(sessionId()).not.toBe(session);
  track('after the break');
  await flush();
  expect(page.sent.batches.map((batch) => [batch.sessionId, batch.views[0]?.id]).sort()).toEqual([
    [session, view],
    [sessionId(), viewId()],
  ]);
  expect(page.sent.views()).toContainEqual(
    expect.objectContaining({ id: viewId(), navigationType: 'resume', previousViewId: view, path: '/' }),
  );
  expect(page.sent.events()).toMatchObject([{ name: 'after the break', viewId: viewId() }]);
});

test('a session lasts four hours at most', () => {
  const { sessionId } = start();
  const session = sessionId();
  for (let minutes = 0; minutes < 240; minutes += 10) {
    now += 10 * MINUTE;
    scroll();
  }
  expect(sessionId()).toBe(session);
  now += MINUTE;
  scroll();
  expect(sessionId()).not.toBe(session);
});

test('on an ignored path a new session begins without a view', () => {
  history.replaceState(null, '', '/admin');
  const { sessionId, viewId } = start({ ignore: ['/admin'] });
  const session = sessionId();
  now += 20 * MINUTE;
  scroll();
  expect(sessionId()).not.toBe(session);
  expect(viewId()).toBeNull();
});

test('under consent pages and tabs share a session, and strict mode shares none', () => {
  const first = start(CONSENTED);
  const session = first.sessionId();
  first.stop();
  const second = start(CONSENTED);
  expect(second.sessionId()).toBe(session);
  second.stop();
  expect(start({ consent: 'granted' }).sessionId()).not.toBe(session);
});

test('a stored session that is over is not taken up', () => {
  const first = start(CONSENTED);
  const session = first.sessionId();
  first.stop();
  now += 16 * MINUTE;
  expect(start(CONSENTED).sessionId()).not.toBe(session);
});

test.each(['no JSON', 'null', '5', '{}', '{"id":""}'])('what else is stored does no harm: %s', (text) => {
  localStorage.setItem('rum.session', text);
  const { sessionId } = start(CONSENTED);
  expect(sessionId()).toMatch(/^[0-9a-f-]{36}$/);
  expect(stored().id).toBe(sessionId());
});

test('activity is written down for other tabs, but not at each event', () => {
  start(CONSENTED);
  const writing = vi.spyOn(Storage.prototype, 'setItem');
  for (let index = 0; index < 1000; index++) {
    now += 10;
    scroll();
  }
  expect(writing.mock.calls.length).toBeGreaterThan(0);
  expect(writing.mock.calls.length).toBeLessThan(4);
  expect(stored().activeAt).toBeGreaterThan(1_700_000_000_000);
});

test('another tab keeps the session alive: back in this one it goes on, and so does its view', () => {
  const { sessionId, viewId } = start(CONSENTED);
  const [session, view] = [sessionId(), viewId()];
  now += 20 * MINUTE;
  localStorage.setItem('rum.session', JSON.stringify({ ...stored(), activeAt: now - MINUTE }));
  scroll();
  expect([sessionId(), viewId()]).toEqual([session, view]);
});

test('another tab has begun the next session: this one joins it', async () => {
  const { sessionId, flush } = start(CONSENTED);
  now += 20 * MINUTE;
  const other = { ...stored(), id: '018bcfe5-6800-7000-8000-000000000000', startedAt: now, activeAt: now };
  localStorage.setItem('rum.session', JSON.stringify(other));
  scroll();
  expect(sessionId()).toBe(other.id);
  await flush();
  expect(page.sent.views().map(({ navigationType }) => navigationType)).toEqual(['navigate', 'resume']);
});

test('a page that waited for consent joins the session that other tabs share, with all that it recorded', async () => {
  const first = start(CONSENTED);
  const session = first.sessionId();
  first.stop();
  // As on another page, where the decision is not known yet.
  Reflect.deleteProperty(registry(), 'consent');
  const second = start({ privacy: 'consent' });
  track('before consent');
  expect(second.sessionId()).not.toBe(session);
  setConsent('granted');
  await second.flush();
  expect(second.sessionId()).toBe(session);
  expect(page.sent.batches.at(-1)).toMatchObject({
    sessionId: session,
    events: [{ name: 'before consent' }],
  });
});

test('a session that was not drawn sends nothing', async () => {
  const { flush } = start({ sampleRate: 0 });
  track('unseen');
  await flush();
  setPageVisible(false);
  expect(page.sent.batches).toEqual([]);
});

test('a share of sessions is drawn, and batches say which share', async () => {
  const drawing = vi.spyOn(Math, 'random');
  drawing.mockReturnValue(0.24);
  const { flush, stop } = start({ sampleRate: 0.25 });
  await flush();
  expect(page.sent.batches).toMatchObject([{ sampleRate: 0.25, kept: false }]);
  stop();
  const { length } = page.sent.batches;
  drawing.mockReturnValue(0.25);
  await start({ sampleRate: 0.25, keepTroubled: false }).flush();
  expect(page.sent.batches).toHaveLength(length);
});

test('a session that meets an error is kept, from the last 500 events before it on', async () => {
  const { flush } = start({ sampleRate: 0 });
  for (let index = 0; index < 600; index++) track(`event ${index}`);
  await flush();
  expect(page.sent.batches).toEqual([]);
  reportError(new Error('trouble'));
  track('later');
  await flush();
  const events = page.sent.events();
  expect(events.map((event) => ('name' in event ? event.name : event.type))).toEqual([
    ...Array.from({ length: 500 }, (_, index) => `event ${index + 100}`),
    'Error',
    'later',
  ]);
  expect(page.sent.batches[0]).toMatchObject({ sampleRate: 0, kept: true });
  // What fell out of the ring was never meant to be sent: it is no loss, but it still counts on the view.
  expect(page.sent.views()).toMatchObject([{ counts: { custom: 601, error: 1 } }]);
});

test('trouble changes nothing where troubled sessions are not to be kept', async () => {
  const { flush } = start({ sampleRate: 0, keepTroubled: false });
  reportError(new Error('trouble'));
  await flush();
  expect(page.sent.batches).toEqual([]);
});

test('each session is drawn anew', async () => {
  const drawing = vi.spyOn(Math, 'random').mockReturnValue(0.9);
  const { flush, sessionId } = start({ sampleRate: 0.5 });
  now += 20 * MINUTE;
  drawing.mockReturnValue(0.1);
  scroll();
  track('seen');
  await flush();
  expect(page.sent.batches).toMatchObject([{ sessionId: sessionId(), events: [{ name: 'seen' }] }]);
  expect(page.sent.views().map(({ navigationType }) => navigationType)).toEqual(['resume']);
});

test('the draw holds for all tabs of a session', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.9);
  start({ ...CONSENTED, sampleRate: 0.5 }).stop();
  vi.spyOn(Math, 'random').mockReturnValue(0.1);
  await start({ ...CONSENTED, sampleRate: 0.5 }).flush();
  expect(page.sent.batches).toEqual([]);
});

test('a clock that is set back by a day ends no session', () => {
  const { sessionId } = start(CONSENTED);
  const session = sessionId();
  now -= 24 * 60 * MINUTE;
  scroll();
  expect(sessionId()).toBe(session);
});
