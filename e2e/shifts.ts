import type { BrowserContext, Page } from '@playwright/test';

/** How much moved, as the Layout Instability API has it, and the elements. */
export type Shift = readonly [size: number, moved: readonly (string | undefined)[]];

/** Has pages of `context` write down what moved without having been asked to. */
export async function watchShifts(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const shifts: unknown[] = [];
    Object.assign(globalThis, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
        sources: readonly { node: Element | null }[];
      })[]) {
        const moved = entry.sources.map(({ node }) =>
          (node?.parentElement ?? node)?.outerHTML?.slice(0, 200),
        );
        if (!entry.hadRecentInput) shifts.push([entry.value, moved]);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** What moved since the page was loaded: how much, and what. */
export async function shiftsOf(page: Page): Promise<readonly Shift[]> {
  return page.evaluate(() => (globalThis as unknown as { shifts: Shift[] }).shifts);
}
