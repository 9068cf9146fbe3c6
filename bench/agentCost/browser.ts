import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { openDevTools, type Send } from './devTools.js';

/** One page, in a window, a context and a renderer process of its own. */
interface Tab {
  readonly send: Send;
  /** Resolves at the next event of this name. */
  next(event: string): Promise<void>;
  setHidden(hidden: boolean): Promise<void>;
  close(): Promise<void>;
}

/** A browser driven over its DevTools pipe, with nothing in between that a page could notice. */
export interface Browser {
  /** As in `Chrome/156.0.8078.108`. */
  readonly version: string;
  openTab(): Promise<Tab>;
  close(): Promise<void>;
}

const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync', '--mute-audio'],
  // Some agents stay off where the browser says that it is driven.
  '--disable-blink-features=AutomationControlled',
  // The pages stand side by side; none may count as covered by another.
  '--disable-backgrounding-occluded-windows',
  '--disable-back-forward-cache',
];

/**
 * Starts a Chromium.
 *
 * @throws Where it ends before it answers.
 */
export async function launchBrowser(executable: string): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), 'rum-bench-'));
  const child = spawn(executable, [...FLAGS, '--remote-debugging-pipe', `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close');
  const devTools = openDevTools(child.stdio[3] as Writable, child.stdio[4] as Readable);
  closed.then(
    () => devTools.fail(new Error(`${executable} ended.`)),
    (error: Error) => devTools.fail(error),
  );
  const send = devTools.sender();
  const { product, userAgent } = await send<{ product: string; userAgent: string }>('Browser.getVersion');

  return {
    version: product.replace('Headless', ''),
    async openTab() {
      const { browserContextId } = await send<{ browserContextId: string }>('Target.createBrowserContext');
      const { targetId } = await send<{ targetId: string }>('Target.createTarget', {
        ...{ url: 'about:blank', browserContextId, newWindow: true, width: 1280, height: 800 },
      });
      const { sessionId } = await send<{ sessionId: string }>('Target.attachToTarget', {
        ...{ targetId, flatten: true },
      });
      const { windowId } = await send<{ windowId: number }>('Browser.getWindowForTarget', { targetId });
      const sendToTab = devTools.sender(sessionId);
      // Some agents take a headless browser for a crawler and stay off.
      await sendToTab('Emulation.setUserAgentOverride', { userAgent: userAgent.replace('Headless', '') });
      return {
        send: sendToTab,
        next: (event) => devTools.next(event, sessionId),
        async setHidden(hidden) {
          // Some agents ignore a visibilitychange that a script dispatched, so the window really is minimised.
          const windowState = hidden ? 'minimized' : 'normal';
          await send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
        },
        async close() {
          await send('Target.disposeBrowserContext', { browserContextId });
        },
      };
    },
    async close() {
      child.kill();
      await closed;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
