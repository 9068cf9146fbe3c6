import type { Driver } from '../drivers/driver.js';
import { SETUPS } from './setups.js';
import { expect, test } from './visit.js';

for (const setup of SETUPS) {
  test.describe(setup.name, () => {
    test.describe('while the visitor has not decided', () => {
      test.use({ head: "rumApi.setConsent('pending')" });

      test('nothing is sent or kept, and all of it is sent once they agree', async ({ visit }) => {
        const { driver, proxy } = visit;
        await visit.begin(setup);
        await track(driver, 'undecided');
        await setup.follow(driver);
        await visit.arrive(setup.second.path);
        expect(proxy.toCollector).toEqual([]);
        expect(await kept(driver)).toEqual([]);

        await driver.evaluate(() => rumApi.setConsent('granted'));
        await track(driver, 'agreed');
        await expect(async () => {
          expect((await visit.events('custom')).map(({ name }) => name)).toEqual(['undecided', 'agreed']);
          expect((await visit.views()).map(({ path }) => path)).toEqual([
            setup.first.path,
            setup.second.path,
          ]);
        }).toPass();
      });

      test('nothing is ever sent where they refuse', async ({ visit }) => {
        const { driver, proxy } = visit;
        await visit.begin(setup);
        await track(driver, 'undecided');
        await driver.evaluate(() => rumApi.setConsent('denied'));
        await track(driver, 'refused');
        await setup.follow(driver);
        await visit.arrive(setup.second.path);
        expect(await kept(driver)).toEqual([]);
        await driver.closePage();
        await driver.quit();

        expect(proxy.toCollector).toEqual([]);
        expect(await visit.views()).toEqual([]);
        expect(await visit.events('custom')).toEqual([]);
      });
    });

    test('who opts out is followed no further, and what waited is thrown away', async ({ visit }) => {
      const { driver, proxy } = visit;
      await visit.begin(setup);
      await track(driver, 'before');
      const sent = proxy.toCollector.length;
      await driver.evaluate(() => {
        rumApi.track('waiting');
        rumApi.setConsent('denied');
      });
      await track(driver, 'after');
      await setup.follow(driver);
      await visit.arrive(setup.second.path);
      await driver.closePage();
      await driver.quit();

      expect(proxy.toCollector).toHaveLength(sent);
      expect((await visit.events('custom')).map(({ name }) => name)).toEqual(['before']);
      expect((await visit.views()).map(({ path }) => path)).toEqual([setup.first.path]);
    });
  });
}

/** Records an event, and has sent what may be sent. */
function track(driver: Driver, name: string): Promise<void> {
  return driver.evaluate((each) => {
    rumApi.track(each);
    return rumApi.startRum()?.flush();
  }, name);
}

/** Names of all that the page keeps in the browser. */
function kept(driver: Driver): Promise<string[]> {
  return driver.evaluate(() =>
    [document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter(Boolean),
  );
}
