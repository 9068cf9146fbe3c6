import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from './browser.js';

/** How much slower than this machine the visitor's is. */
export const SLOWDOWN = 4;
/** How long an operation's followers run under the browser's own throttling, ms. */
const FOLLOW_MS = 30;
/** How late the page learns of a click, ms: as on a phone that was busy, and so beyond what INP leaves out (40 ms). */
const INPUT_DELAY_MS = 100;

/** One agent's page. */
export interface Visit {
  readonly agent: string;
  /** CPU time that the main thread has spent on the page so far, ms, slowed down. */
  mainThreadMs(): Promise<number>;
  click(index: number): Promise<void>;
  /** A click on a link that pushes a history entry, loads something and shows it. */
  navigate(index: number): Promise<void>;
  /** Asks the API for something, without a click. */
  fetch(index: number): Promise<void>;
  setHidden(hidden: boolean): Promise<void>;
  /** Of each click so far: time that its listeners took, ms, slowed down. */
  listenersMs(): Promise<readonly number[]>;
  /** Messages of errors that nobody caught. */
  thrown(): Promise<readonly string[]>;
  /** JavaScript objects that are still reachable, bytes. */
  heapBytes(): Promise<number>;
  close(): Promise<void>;
}

export interface VisitOptions {
  readonly origin: string;
  readonly agent: string;
  /** Slows down by `Emulation.setCPUThrottlingRate` instead of by arithmetic. */
  readonly throttled: boolean;
  /** How long the page is looked at after it has loaded, ms. */
  readonly restMs: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Loads an agent's page.
 *
 * CPU time is taken and not wall time, in which other work on the machine would show. It is multiplied, because the
 * browser throttles by interrupting the thread all the time: on a shared machine that spread the cost of one and the
 * same work by ±30 % (±10 % without), and it keeps a core busy for every page, idle or not. The ratios agree.
 *
 * @returns The visit, once the page has loaded; `rested` resolves when it has been looked at.
 */
export async function visit(
  browser: Browser,
  { origin, agent, throttled, restMs }: VisitOptions,
): Promise<Visit & { rested: Promise<void> }> {
  const tab = await browser.openTab();
  const { send } = tab;
  let throttledMs = 0;

  async function cpuMs(): Promise<number> {
    const { metrics } = await send<{ metrics: { name: string; value: number }[] }>('Performance.getMetrics');
    const seconds = metrics.find(({ name }) => name === 'TaskDuration')?.value;
    if (seconds === undefined) throw new Error('This browser does not tell TaskDuration.');
    return seconds * 1000;
  }
  async function slowly(work: () => Promise<unknown>): Promise<void> {
    if (!throttled) return void (await work());
    const before = await cpuMs();
    await send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
    await work();
    await sleep(FOLLOW_MS);
    await send('Emulation.setCPUThrottlingRate', { rate: 1 });
    throttledMs += (await cpuMs()) - before;
  }
  async function load(path: string): Promise<void> {
    const loaded = tab.next('Page.loadEventFired');
    await send('Page.navigate', { url: `${origin}${path}` });
    await loaded;
  }
  async function evaluate<Value>(expression: string): Promise<Value> {
    const { result, exceptionDetails } = await send<{
      result: { value: Value };
      exceptionDetails?: { text: string };
    }>('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(`${expression} on the page of ${agent}: ${exceptionDetails.text}`);
    return result.value;
  }
  function pointsOf(selector: string): Promise<Point[]> {
    return evaluate(`Array.from(document.querySelectorAll('${selector}'), (element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    })`);
  }
  async function clickOn(points: readonly Point[], index: number): Promise<void> {
    // Neighbours in time lie apart, so that a click is not taken for the second half of a double or raging one.
    const point = points[(index * 7) % points.length];
    const timestamp = (Date.now() - INPUT_DELAY_MS) / 1000;
    const press = { ...point, timestamp, button: 'left', clickCount: 1 };
    await send('Input.dispatchMouseEvent', { ...point, timestamp, type: 'mouseMoved' });
    await send('Input.dispatchMouseEvent', { ...press, type: 'mousePressed' });
    await send('Input.dispatchMouseEvent', { ...press, type: 'mouseReleased' });
  }

  await send('Page.enable');
  await send('Performance.enable', { timeDomain: 'threadTicks' });
  // Starts the renderer process, which is no part of what a page costs.
  await load('/blank');
  const bootedAt = await cpuMs();
  const loaded = tab.next('Page.loadEventFired');
  const rested = slowly(() => load(`/${agent}/`).then(() => sleep(restMs)));
  await loaded;
  const buttons = await pointsOf('.item');
  const links = await pointsOf('.link');

  return {
    agent,
    rested,
    mainThreadMs: async () => SLOWDOWN * ((await cpuMs()) - bootedAt) - (SLOWDOWN - 1) * throttledMs,
    click: (index) => slowly(() => clickOn(buttons, index)),
    navigate: (index) => slowly(() => clickOn(links, index)),
    fetch: (index) => slowly(() => evaluate(`loadArticle(${index})`)),
    setHidden: tab.setHidden,
    async listenersMs() {
      const taken = await evaluate<number[]>('bench.listenersMs');
      return throttled ? taken : taken.map((ms) => ms * SLOWDOWN);
    },
    thrown: () => evaluate('bench.thrown'),
    async heapBytes() {
      for (let times = 0; times < 2; times += 1) await send('HeapProfiler.collectGarbage');
      return (await send<{ usedSize: number }>('Runtime.getHeapUsage')).usedSize;
    },
    close: tab.close,
  };
}
