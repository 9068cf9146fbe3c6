// @vitest-environment jsdom
import { expect, test, vi } from 'vitest';
import { agentPage } from '../testing/agentPage.js';
import { setPageVisible } from '../testing/pageVisibility.js';
import { getConsent, identify, onConsentChange, setConsent, setContext, startRum, track } from './index.js';

const page = agentPage();
const STORED = 'rum.session';

test('strict mode needs no consent and keeps nothing in the browser; each page is its own session', async () => {
  const { sessionId, flush, stop } = page.start();
  const first = sessionId();
  identify('customer-1');
  await flush();
  expect(getConsent()).toBe('granted');
  expect(page.sent.batches[0]).not.toHaveProperty('user');
  stop();
  expect(page.start().sessionId()).not.toBe(first);
  expect([localStorage.length, sessionStorage.length, document.cookie]).toEqual([0, 0, '']);
});

test('where consent is asked for, recording goes on meanwhile, but nothing is sent, stored or traced', async () => {
  const pageFetch = vi.spyOn(window, 'fetch').mockResolvedValue(new Response());
  const { flush, sessionId } = page.start({ privacy: 'consent' });
  expect(getConsent()).toBe('pending');
  track('before');
  await fetch('/api');
  expect(pageFetch).toHaveBeenLastCalledWith('/api');
  setPageVisible(false);
  setPageVisible(true);
  await flush();
  expect(page.sent.batches).toEqual([]);
  expect(localStorage).toHaveLength(0);

  setConsent('granted');
  await flush();
  expect(page.sent.events()).toContainEqual(expect.objectContaining({ type: 'custom', name: 'before' }));
  expect(page.sent.batches[0]?.sessionId).toBe(sessionId());
  expect(localStorage.getItem(STORED)).toContain(sessionId());
  await fetch('/api');
  expect(new Headers(pageFetch.mock.lastCall?.[1]?.headers).has('traceparent')).toBe(true);
});

test('denied: what was recorded is thrown away, recording stops, the page is given back', async () => {
  const { pushState } = history;
  const { flush, viewId } = page.start({ privacy: 'consent' });
  track('before');
  setConsent('denied');
  expect([viewId(), getConsent()]).toEqual([null, 'denied']);
  expect(history.pushState).toBe(pushState);
  track('while denied');
  await flush();
  setPageVisible(false);
  window.dispatchEvent(new Event('pagehide'));
  expect(page.sent.batches).toEqual([]);
});

test('a granted consent may be taken back: what was stored goes', async () => {
  const { flush } = page.start({ privacy: 'consent', consent: 'granted' });
  expect(localStorage.getItem(STORED)).not.toBeNull();
  track('waits');
  setConsent('denied');
  expect(localStorage).toHaveLength(0);
  await flush();
  expect(page.sent.batches).toEqual([]);
});

test('and given again: recording goes on with a view of its own', async () => {
  const { flush } = page.start({ privacy: 'consent' });
  track('before');
  setConsent('denied');
  track('while denied');
  setConsent('granted');
  track('after');
  await flush();
  expect(page.sent.events()).toMatchObject([{ name: 'after' }]);
  expect(page.sent.views()).toHaveLength(1);
});

test('denied from the start nothing happens until that changes', async () => {
  const listening = vi.spyOn(EventTarget.prototype, 'addEventListener');
  const { flush, viewId } = page.start({ consent: 'denied' });
  track('lost');
  await flush();
  expect(viewId()).toBeNull();
  expect(listening).not.toHaveBeenCalled();
  expect(page.sent.batches).toEqual([]);

  setConsent('granted');
  track('kept');
  await flush();
  expect(page.sent.events()).toMatchObject([{ name: 'kept' }]);
});

test('what was said before the agent starts holds over its options', () => {
  setConsent('denied');
  page.start({ consent: 'granted' });
  expect(getConsent()).toBe('denied');
});

test('pending holds in strict mode as well', async () => {
  const { flush } = page.start({ consent: 'pending' });
  await flush();
  expect(page.sent.batches).toEqual([]);
  setConsent('granted');
  await flush();
  expect(page.sent.views()).toHaveLength(1);
});

test('who listens is told of each decision, until it stops', () => {
  const heard: unknown[] = [];
  const stop = onConsentChange(() => heard.push(getConsent()));
  setConsent('pending');
  setConsent('granted');
  stop();
  setConsent('denied');
  expect(heard).toEqual(['pending', 'granted']);
});

test('a listener that throws keeps neither the agent nor the page from going on', () => {
  vi.spyOn(console, 'warn').mockReturnValue();
  onConsentChange(() => {
    throw new Error('no');
  });
  const { viewId } = page.start();
  expect(() => setConsent('denied')).not.toThrow();
  expect(viewId()).toBeNull();
});

test('storage that is blocked ends neither the session nor the denial', async () => {
  const blocked = (): never => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
  vi.spyOn(console, 'warn').mockReturnValue();
  vi.spyOn(window, 'localStorage', 'get').mockImplementation(blocked);
  try {
    const { flush, sessionId, viewId } = page.start({ privacy: 'consent', consent: 'granted' });
    track('works');
    await flush();
    expect(page.sent.batches[0]).toMatchObject({ sessionId: sessionId(), events: [{ name: 'works' }] });
    expect(() => setConsent('denied')).not.toThrow();
    expect(viewId()).toBeNull();
  } finally {
    vi.restoreAllMocks();
  }
});

test('who the visitor is goes along only under consent that is granted', async () => {
  const { flush } = page.start({ privacy: 'consent' });
  identify('customer-1842', { plan: 'pro' });
  setContext({ tenant: 'north' });
  await flush();
  setConsent('granted');
  await flush();
  expect(page.sent.batches).toMatchObject([
    { user: { id: 'customer-1842', traits: { plan: 'pro' } }, attributes: { tenant: 'north' } },
  ]);
  identify(null);
  setContext(null);
  track('anonymous');
  await flush();
  expect(page.sent.batches[1]).not.toHaveProperty('user');
  expect(page.sent.batches[1]).not.toHaveProperty('attributes');
});

test('under Global Privacy Control nothing is listened to, sent or kept', async () => {
  Object.defineProperty(navigator, 'globalPrivacyControl', { value: true, configurable: true });
  try {
    const listening = vi.spyOn(EventTarget.prototype, 'addEventListener');
    const { fetch: pageFetch } = window;
    const { pushState } = history;
    track('early');
    expect(startRum({ privacy: 'consent', consent: 'granted' }, { fetch: page.sent.fetch })).toBeNull();
    track('late');
    setPageVisible(false);
    expect(page.sent.batches).toEqual([]);
    expect(listening).not.toHaveBeenCalled();
    expect(window.fetch).toBe(pageFetch);
    expect(history.pushState).toBe(pushState);
    expect(localStorage).toHaveLength(0);
  } finally {
    Reflect.deleteProperty(navigator, 'globalPrivacyControl');
  }
  await page.start().flush();
  expect(page.sent.events()).toEqual([]);
});
