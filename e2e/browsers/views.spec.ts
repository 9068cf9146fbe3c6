import { place } from '../shop.js';
import { SETUPS } from './setups.js';
import { expect, test } from './visit.js';

for (const setup of SETUPS) {
  test.describe(setup.name, () => {
    const { router } = setup;
    const first = [setup.first.route, setup.first.path, router];
    const second = [setup.second.route, setup.second.path, router];

    test('a load, a navigation inside the page and the way back are three views', async ({ visit }) => {
      const { driver } = visit;
      await visit.begin(setup);
      await setup.follow(driver);
      await visit.arrive(setup.second.path);
      await driver.back();
      await visit.arrive(setup.first.path);
      await driver.hide();

      await expect(async () => {
        const views = await visit.views();
        expect(views.map(place)).toEqual([first, second, first]);
        expect(views.map((view) => view.navigationType)).toEqual(['navigate', 'client', 'client']);
        expect(views.map((view) => view.previousViewId)).toEqual([null, views[0]?.id, views[1]?.id]);
      }).toPass();
    });

    test('a reload and a return from another document are views of their own', async ({ visit }) => {
      const { driver, proxy } = visit;
      await visit.begin(setup);
      await driver.reload();
      await setup.ready(driver);
      await driver.open(`${proxy.url}/icon.svg`);
      await driver.back();
      await visit.arrive(setup.first.path);
      await setup.ready(driver);
      await driver.hide();

      await expect(async () => {
        const views = await visit.views();
        expect(views.map(place)).toEqual([first, first, first]);
        expect(views.map((view) => view.navigationType)).toEqual([
          'navigate',
          'reload',
          // Whether it kept the document is the browser's choice.
          expect.stringMatching(/^back-forward(-cache)?$/),
        ]);
      }).toPass();
    });
  });
}
