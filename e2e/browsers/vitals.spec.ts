import { referenceScript, referenceVitals } from '../referenceVitals.js';
import { VITALS } from '../shop.js';
import { SETUPS } from './setups.js';
import { expect, test } from './visit.js';

test.use({ head: await referenceScript() });

for (const setup of SETUPS) {
  test.describe(setup.name, () => {
    test('the vitals of a load are those of the published library, where the browser tells them', async ({
      visit,
    }) => {
      const { driver } = visit;
      await visit.begin(setup);
      await driver.evaluate(() => {
        addEventListener('pointerdown', () => {
          const end = performance.now() + 120;
          while (performance.now() < end);
        });
        // What moves is no answer to an input.
        document.body.style.paddingTop = '80px';
      });
      await driver.click('h1');
      const hasInp = await driver.evaluate(() => PerformanceObserver.supportedEntryTypes.includes('event'));
      await expect.poll(async () => 'inp' in ((await referenceVitals(driver))[0]?.values ?? {})).toBe(hasInp);
      // A page that is hidden before it is painted has no FCP: a busy machine's first frame can come after the click.
      await expect.poll(async () => (await referenceVitals(driver))[0]?.values).toHaveProperty('fcp');
      await driver.hide();

      await expect(async () => {
        const [expected] = await referenceVitals(driver);
        const [view] = await visit.views();
        const told = VITALS.flatMap((name) => (view?.[name] === null ? [] : [[name, view?.[name]]]));
        expect(Object.fromEntries(told)).toEqual(expected?.values);
        expect(expected?.values).toMatchObject({ fcp: expect.any(Number), ttfb: expect.any(Number) });
      }).toPass();
    });
  });
}
