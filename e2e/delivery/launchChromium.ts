import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, type CDPSession, chromium, expect, type Page } from '@playwright/test';
import { build } from 'esbuild';
import { findChromium } from '../../scripts/lib/chromium.mjs';
import { chromiumArguments } from '../browser.js';

/** A window with one page, to which happens what happens to a visitor's. */
export interface BrowserWindow {
  readonly page: Page;
  /** Minimised: the page is hidden. */
  minimize(): Promise<void>;
  restore(): Promise<void>;
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
}

/** A browser with a profile of its own. */
export interface Chromium {
  openWindow(): Promise<BrowserWindow>;
  /** Calls back for what the pages of windows that open after this give to `tell`, in the order in which they do. */
  listen(heard: (said: string) => void): void;
  /** As if the machine had been switched off: all of its processes end at once. */
  kill(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;
/** For whatever a page is waited for. */
const TIMEOUT_MS = 45_000;

/** @param profile Folder; what pages have stored there is found again. */
export async function launchChromium(profile: string): Promise<Chromium> {
  const portFile = join(profile, 'DevToolsActivePort');
  await rm(portFile, { force: true });
  const child = spawn(
    await findChromium(),
    [
      ...chromiumArguments(),
      ...['--headless', '--disable-gpu', '--remote-debugging-port=0'],
      ...[`--user-data-dir=${profile}`, 'about:blank'],
    ],
    // The head of a process group, so that it can be killed with all that it starts.
    { detached: true, stdio: 'ignore' },
  );
  const { pid } = child;
  if (!pid) throw new Error('Chromium did not start.');
  const ended = once(child, 'exit');
  const killAll = () => process.kill(-pid, 'SIGKILL');
  process.once('exit', killAll);
  const kill = async () => {
    process.off('exit', killAll);
    killAll();
    await ended;
  };
  try {
    let port = '';
    await expect(async () => {
      [port = ''] = (await readFile(portFile, 'utf8')).split('\n');
      expect(port).toMatch(/^\d+$/);
    }).toPass({ timeout: START_TIMEOUT_MS, intervals: [50] });
    // Playwright would make each page believe that it is always looked at.
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { noDefaults: true });
    const [context] = browser.contexts();
    if (!context) throw new Error('This Chromium has no default context.');
    context.setDefaultTimeout(TIMEOUT_MS);
    await context.addInitScript({ content: await bundleVisitor() });
    const control = await browser.newBrowserCDPSession();
    let tellTo: ((said: string) => void) | undefined;
    return {
      async openWindow() {
        const opened = context.waitForEvent('page');
        await control.send('Target.createTarget', { url: 'about:blank', newWindow: true });
        return createWindow(context, await opened, tellTo);
      },
      listen(heard) {
        tellTo = heard;
      },
      kill,
    };
  } catch (error) {
    await kill();
    throw error;
  }
}

async function createWindow(
  context: BrowserContext,
  page: Page,
  heard?: (said: string) => void,
): Promise<BrowserWindow> {
  const session = await context.newCDPSession(page);
  const { windowId } = await session.send('Browser.getWindowForTarget');
  await session.send('Network.enable');
  if (heard) {
    await session.send('Runtime.enable');
    session.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === 'tell') heard(payload);
    });
    await session.send('Runtime.addBinding', { name: 'tell' });
  }
  return {
    page,
    async minimize() {
      await session.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'minimized' } });
      await untilVisible(page, 'hidden');
    },
    async restore() {
      await session.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'normal' } });
      await untilVisible(page, 'visible');
    },
    goOffline: () => setOffline(session, true),
    goOnline: () => setOffline(session, false),
  };
}

async function untilVisible(page: Page, state: DocumentVisibilityState): Promise<void> {
  await page.waitForFunction((wanted) => document.visibilityState === wanted, state, { polling: 50 });
}

async function setOffline(session: CDPSession, offline: boolean): Promise<void> {
  const unlimited = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
  await session.send('Network.emulateNetworkConditions', { offline, ...unlimited });
}

async function bundleVisitor(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('visitor.ts', import.meta.url))],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}
