import { SETUPS } from './setups.js';
import { expect, test } from './visit.js';

test.use({
  globalPrivacyControl: true,
  // For a browser that has no such setting.
  head: `if (!('globalPrivacyControl' in navigator)) {
    Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true });
  }`,
});

for (const setup of SETUPS) {
  test(`${setup.name}: Global Privacy Control means no request and no row`, async ({ visit }) => {
    const { driver, proxy } = visit;
    await visit.begin(setup);
    const control = await driver.evaluate(
      () => (navigator as Navigator & { globalPrivacyControl?: boolean }).globalPrivacyControl,
    );
    expect(control).toBe(true);
    await setup.follow(driver);
    await visit.arrive(setup.second.path);
    await driver.evaluate(() => {
      rumApi.track('unseen');
      rumApi.reportError(new Error('unseen'));
    });
    await driver.back();
    await visit.arrive(setup.first.path);
    await driver.hide();
    await driver.quit();

    expect(proxy.toCollector).toEqual([]);
    expect(await visit.views()).toEqual([]);
    expect(await visit.events('custom')).toEqual([]);
  });
}
