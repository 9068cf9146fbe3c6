/** What {@link MEASURES} gives a page. */
export interface Watched {
  readonly rumBench: {
    /** ms from navigation, or from being asked where that is long ago, until nothing is awaited and the page has drawn. */
    settled(): Promise<number>;
    /** Looks out for the next input. */
    await(): void;
    /** ms from that input until the page shows what it asks for. */
    shown(): Promise<number>;
  };
}

/** Runs in the page before everything else. As text, so that no compiler's additions come with it. */
export const MEASURES = `(() => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const waits = () =>
    !document.querySelector('.rum-main h1') ||
    document.querySelector('.rum-main [aria-busy="true"], .rum-main [data-stale="true"]');
  const chips = () => document.querySelector('[aria-label="Filters"]')?.textContent;
  let input = Promise.resolve([0, '']);
  globalThis.rumBench = {
    async settled() {
      do await frame(); while (waits());
      await frame();
      return performance.now();
    },
    await() {
      const before = chips();
      input = new Promise((resolve) =>
        addEventListener('pointerdown', ({ timeStamp }) => resolve([timeStamp, before]), { once: true, capture: true }),
      );
    },
    async shown() {
      const [at, before] = await input;
      do await frame(); while (chips() === before || waits());
      await frame();
      return performance.now() - at;
    },
  };
})()`;
