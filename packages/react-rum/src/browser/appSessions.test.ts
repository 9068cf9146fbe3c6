// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { agentPage } from '../testing/agentPage.js';
import { setConsent, track } from './index.js';

const page = agentPage();

const APPS = { '/admin/rum': 'shop-admin', '/docs': 'docs' };

function goTo(path: string): void {
  history.pushState(null, '', path);
}

/** What was sent, as app, paths of views and names of events. */
function sentByApp(): readonly unknown[] {
  return page.sent.batches.map(({ app, views, events }) => [
    app,
    views.map(({ path }) => path),
    events.flatMap((event) => (event.type === 'custom' ? [event.name] : [])),
  ]);
}

test('what is recorded on the paths of another app goes to that app, in batches of its own', async () => {
  const agent = page.start({ app: 'shop', apps: APPS });
  track('on the site');
  goTo('/admin/rum/vitals/lcp');
  track('in the admin');
  goTo('/docs');
  goTo('/administer');
  track('back');
  await agent.flush();
  expect(sentByApp()).toEqual([
    ['shop', ['/', '/administer'], ['on the site', 'back']],
    ['shop-admin', ['/admin/rum/vitals/lcp'], ['in the admin']],
    ['docs', ['/docs'], []],
  ]);
  expect(new Set(page.sent.batches.map(({ sessionId }) => sessionId)).size).toBe(1);
});

test('a document that begins there is that app’s from its first view on', async () => {
  goTo('/admin/rum');
  await page.start({ apps: APPS }).flush();
  expect(sentByApp()).toEqual([['shop-admin', ['/admin/rum'], []]]);
});

test('consent counts for all of them', async () => {
  const agent = page.start({ apps: APPS, privacy: 'consent' });
  goTo('/docs');
  await agent.flush();
  expect(page.sent.batches).toEqual([]);
  setConsent('granted');
  await agent.flush();
  expect(sentByApp().map((batch) => (batch as readonly unknown[])[0])).toEqual(['default', 'docs']);
});
