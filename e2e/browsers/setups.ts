import { expect } from '@playwright/test';
import type { Driver } from '../drivers/driver.js';

/** A page of the demo and the route that it is stored under. */
interface Place {
  readonly path: string;
  readonly route: string;
}

/** A way in which a page has the agent. */
export interface Setup {
  readonly name: string;
  readonly router: 'app' | 'pages' | 'none';
  /** The page where a visit begins. */
  readonly first: Place;
  /** The page to which {@link follow} leads inside of the same document. */
  readonly second: Place;
  /** Waits until a click means what the page wants it to mean. */
  ready(driver: Driver): Promise<void>;
  follow(driver: Driver): Promise<void>;
}

export const SETUPS: readonly Setup[] = [
  nextSetup({
    name: 'App Router',
    router: 'app',
    first: { path: '/catalogue', route: '/catalogue' },
    second: { path: '/product/product', route: '/product/[id]' },
  }),
  nextSetup({
    name: 'Pages Router',
    router: 'pages',
    first: { path: '/legacy/orders', route: '/legacy/orders' },
    second: { path: '/legacy/orders/L-1187', route: '/legacy/orders/[orderId]' },
  }),
  {
    name: 'script tag',
    router: 'none',
    first: { path: '/static.html', route: '/static.html' },
    second: { path: '/press/photos', route: '/press/photos' },
    async ready(driver) {
      await expect
        .poll(() => driver.evaluate(() => typeof (globalThis as { rum?: { track?: unknown } }).rum?.track))
        .toBe('function');
      // A way that a visitor can take: browsers leave out, going back, what a page put into the history by itself.
      await driver.evaluate((path) => {
        const button = document.createElement('button');
        button.textContent = 'Photos';
        button.addEventListener('click', () => history.pushState(null, '', path));
        document.body.append(button);
      }, '/press/photos');
    },
    follow: (driver) => driver.click('button'),
  },
];

function nextSetup(setup: Pick<Setup, 'name' | 'router' | 'first' | 'second'>): Setup {
  const link = `a[href="${setup.second.path}"]`;
  return {
    ...setup,
    // Before React has taken a link over, a click on it loads another document.
    ready: (driver) =>
      expect
        .poll(() =>
          driver.evaluate(
            (selector) =>
              Object.keys(document.querySelector(selector) ?? {}).some((key) =>
                key.startsWith('__reactProps'),
              ),
            link,
          ),
        )
        .toBe(true),
    follow: (driver) => driver.click(link),
  };
}
