import { SETUPS } from './setups.js';
import { expect, test, type Visit } from './visit.js';

for (const setup of SETUPS) {
  test.describe(setup.name, () => {
    test('a collector that is busy, cut off or unheard loses nothing and stores nothing twice', async ({
      visit,
    }) => {
      const { driver, proxy } = visit;
      proxy.fail('unavailable', 'broken', 'unanswered');
      await visit.begin(setup);
      // More than a batch takes.
      await track(visit, 'before', 60);
      await setup.follow(driver);
      await visit.arrive(setup.second.path);
      await track(visit, 'after', 5);
      await expect.poll(() => proxy.faultsLeft(), { timeout: 40_000 }).toBe(0);
      await expect(async () => expect(await visit.events('custom')).toHaveLength(65)).toPass();
      await track(visit, 'last', 1);
      await driver.hide();

      await expect(async () => {
        const names = (await visit.events('custom')).map(({ name }) => name);
        expect(names.sort()).toEqual(
          [...named('after', 5), ...named('before', 60), ...named('last', 1)].sort(),
        );
        expect((await visit.views()).map(({ path }) => path)).toEqual([setup.first.path, setup.second.path]);
      }).toPass();
      expect(await visit.events('loss')).toEqual([]);
    });
  });
}

/** Records events and has them sent; ends when they are stored or wait for another try. */
function track({ driver }: Visit, name: string, count: number): Promise<void> {
  return driver.evaluate(
    (names) => {
      for (const each of names) rumApi.track(each);
      return rumApi.startRum()?.flush();
    },
    named(name, count),
  );
}

function named(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${name} ${index}`);
}
