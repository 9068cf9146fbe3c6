import type { Driver } from '../drivers/driver.js';
import { SETUPS } from './setups.js';
import { expect, test } from './visit.js';

for (const setup of SETUPS) {
  test.describe(setup.name, () => {
    test('what is thrown and what is rejected is stored once each, with its view', async ({ visit }) => {
      const { driver } = visit;
      await visit.begin(setup);
      await setup.follow(driver);
      await visit.arrive(setup.second.path);
      await runScript(driver, "throw new TypeError('The switch came off')");
      await runScript(driver, "setTimeout(() => { throw new RangeError('The bulb is too bright'); })");
      await runScript(driver, "Promise.reject(new SyntaxError('The manual makes no sense'))");
      await runScript(driver, "Promise.reject('The lamp is out of stock')");
      await driver.hide();

      await expect(async () => {
        const view = (await visit.views()).find(({ path }) => path === setup.second.path);
        const errors = (await visit.events('error')).map((event) => ({
          ...event,
          ...(JSON.parse(event.data ?? '{}') as { message: string; source: string; stack?: string }),
        }));
        const uncaught = errors.filter(({ source }) => /^(window\.error|unhandledrejection)$/.test(source));
        expect(uncaught.map(({ message, source, name }) => [message, source, name]).sort()).toEqual([
          ['The bulb is too bright', 'window.error', 'RangeError'],
          ['The lamp is out of stock', 'unhandledrejection', expect.any(String)],
          ['The manual makes no sense', 'unhandledrejection', 'SyntaxError'],
          ['The switch came off', 'window.error', 'TypeError'],
        ]);
        for (const error of uncaught) {
          expect(error).toMatchObject({ viewId: view?.id, route: setup.second.route });
        }
        const stacks = uncaught.filter(({ message }) => !message.includes('out of stock'));
        for (const { stack } of stacks) expect(stack).toMatch(/\S/);
      }).toPass();
    });
  });
}

/** Runs a script as the page's own: what it throws is the page's error, not the driver's. */
function runScript(driver: Driver, code: string): Promise<void> {
  return driver.evaluate((source) => {
    const script = document.createElement('script');
    script.textContent = source;
    document.head.append(script);
    script.remove();
  }, code);
}
