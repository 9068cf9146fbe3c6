import type { Driver } from '../drivers/driver.js';
import { SETUPS } from './setups.js';
import { expect, test, type Visit } from './visit.js';

const LEAVINGS: readonly { readonly how: string; leave(visit: Visit): Promise<void> }[] = [
  { how: 'goes to another document', leave: ({ driver, proxy }) => driver.open(`${proxy.url}/icon.svg`) },
  { how: 'turns to something else', leave: ({ driver }) => driver.hide() },
  { how: 'closes the page', leave: ({ driver }) => driver.closePage() },
];

for (const setup of SETUPS) {
  test.describe(setup.name, () => {
    for (const { how, leave } of LEAVINGS) {
      test(`what waits is stored when the visitor ${how}`, async ({ visit }) => {
        await visit.begin(setup);
        await track(visit.driver, ['one', 'two', 'three']);
        await leave(visit);

        await expect(async () => {
          const events = await visit.events('custom');
          expect(events.map(({ name }) => name).sort()).toEqual(['one', 'three', 'two']);
          const views = await visit.views();
          expect(views.map(({ path }) => path)).toEqual([setup.first.path]);
          expect(new Set(events.map(({ viewId }) => viewId))).toEqual(new Set([views[0]?.id]));
        }).toPass();
      });
    }

    test('a flush that has only begun when the visitor closes the page is finished', async ({ visit }) => {
      await visit.begin(setup);
      // More than a batch waits for, less than the 64 KiB that browsers take from a page that goes.
      const names = Array.from({ length: 120 }, (_, index) => `event ${index}`);
      await visit.driver.evaluate((list) => {
        // Digits, so that compression is of little help.
        const digits = () =>
          Array.from({ length: 10 }, () => Math.random().toString(36).slice(2, 12)).join('');
        for (const name of list) rumApi.track(name, { digits: digits() });
      }, names);
      await visit.driver.closePage();

      await expect(async () => {
        expect((await visit.events('custom')).map(({ name }) => name).sort()).toEqual(names.toSorted());
        expect((await visit.views()).map(({ path }) => path)).toEqual([setup.first.path]);
      }).toPass();
    });

    test('a browser that is killed loses at most what it had not sent', async ({ visit }) => {
      await visit.begin(setup);
      await track(visit.driver, ['sent']);
      await visit.driver.evaluate(() => rumApi.startRum()?.flush());
      await track(visit.driver, ['held']);
      await visit.driver.kill();

      const names = (await visit.events('custom')).map(({ name }) => name);
      expect(names.filter((name) => name !== 'held')).toEqual(['sent']);
      expect((await visit.views()).map(({ path }) => path)).toEqual([setup.first.path]);
    });
  });
}

function track(driver: Driver, names: readonly string[]): Promise<void> {
  return driver.evaluate((list) => {
    for (const name of list) rumApi.track(name);
  }, names);
}
