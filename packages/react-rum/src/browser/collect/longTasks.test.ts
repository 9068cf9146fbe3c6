// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { agentPage } from '../../testing/agentPage.js';
import { fakeEntries } from '../../testing/fakeEntries.js';

const page = agentPage();
const tasks = () => page.sent.events().filter((event) => event.type === 'longtask');

test('a long frame is told by the script that took longest, and adds to the blocked time of its view', async () => {
  const timeline = fakeEntries('longtask', 'long-animation-frame');
  const { flush } = page.start();
  const script = {
    invoker: 'BUTTON#buy.onclick',
    sourceFunctionName: 'buy',
    forcedStyleAndLayoutDuration: 12,
  };
  const frame = {
    entryType: 'long-animation-frame',
    startTime: 10,
    duration: 180,
    blockingDuration: 130,
    scripts: [
      { ...script, sourceURL: 'https://shop.example/a.js', duration: 20 },
      { ...script, sourceURL: 'https://shop.example/b.js?v=2', duration: 120 },
    ],
  };
  timeline.add(frame, { ...frame, blockingDuration: 0 }, { ...frame, entryType: 'longtask' });
  await flush();
  expect(tasks()).toHaveLength(1);
  expect(tasks()).toMatchObject([
    {
      name: 'https://shop.example/b.js',
      duration: 180,
      blockingDuration: 130,
      scriptDuration: 120,
      layoutDuration: 12,
      invoker: 'BUTTON#buy.onclick',
      function: 'buy',
    },
  ]);
  expect(page.sent.views()).toMatchObject([{ blockedTime: 130, counts: { longtask: 1 } }]);
});

test('where the browser knows no frames, tasks are told', async () => {
  const timeline = fakeEntries('longtask');
  const { flush } = page.start();
  timeline.add({ entryType: 'longtask', startTime: 10, duration: 75 });
  await flush();
  expect(tasks()).toMatchObject([{ name: 'unknown', duration: 75, blockingDuration: 25 }]);
});

test('of a view that is blocked all the time the first fifty are told; all are counted', async () => {
  const timeline = fakeEntries('long-animation-frame');
  const { flush } = page.start();
  for (let index = 0; index < 200; index++) {
    timeline.add({
      entryType: 'long-animation-frame',
      startTime: index,
      duration: 60,
      blockingDuration: 10,
    } as never);
  }
  await flush();
  expect(tasks()).toHaveLength(50);
  expect(page.sent.views()).toMatchObject([{ blockedTime: 2000, counts: { longtask: 200 } }]);
});
