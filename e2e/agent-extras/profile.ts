import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type LaunchOptions } from '@playwright/test';

/** A browser's user data on disk, which outlives the browser: a visitor who comes back. */
export interface Profile {
  /** Starts a browser on it. One at a time. */
  visit(): Promise<Visit>;
  /** Ends the browser, if one runs, and forgets all. */
  remove(): Promise<void>;
}

interface Visit {
  /** The browser's own context. */
  readonly context: BrowserContext;
  /** Ends the browser as its menu does. */
  quit(): Promise<void>;
  /** Ends the browser's process at once, as a crash or a flat battery does. */
  kill(): Promise<void>;
}

const START_TIMEOUT_MS = 30_000;

export async function createProfile({ executablePath = '', args = [] }: LaunchOptions): Promise<Profile> {
  const folder = await mkdtemp(join(tmpdir(), 'rum-profile-'));
  let end: (() => Promise<void>) | undefined;

  return {
    async visit() {
      await rm(join(folder, 'DevToolsActivePort'), { force: true });
      const browser = spawn(
        executablePath,
        [
          ...['--headless', '--disable-gpu', '--no-default-browser-check', '--window-size=1280,900', ...args],
          ...[`--user-data-dir=${folder}`, '--remote-debugging-port=0', 'about:blank'],
        ],
        { stdio: 'ignore' },
      );
      const ended = once(browser, 'exit');
      const stop = async (signal: NodeJS.Signals): Promise<void> => {
        end = undefined;
        browser.kill(signal);
        await ended;
      };
      end = () => stop('SIGKILL');
      const port = await debuggingPort(folder);
      const connected = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { noDefaults: true });
      const [context] = connected.contexts();
      if (!context) throw new Error('This Chromium has no default context.');
      return {
        context,
        quit: () => stop('SIGTERM'),
        kill: () => stop('SIGKILL'),
      };
    },
    async remove() {
      await end?.();
      // The browser's helpers end a little later than it does.
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}

/** Chromium writes the port that it has taken into its profile. */
async function debuggingPort(folder: string): Promise<string> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    try {
      const [port] = (await readFile(join(folder, 'DevToolsActivePort'), 'utf8')).split('\n');
      if (port) return port;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
