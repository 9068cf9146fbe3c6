import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../scripts/lib/freePort.mjs';
import type { WebKit } from '../../scripts/lib/webkit.mjs';
import type { Driver } from './driver.js';
import { openWebDriverSession } from './webDriverSession.js';

const START_TIMEOUT_MS = 20_000;
const POLL_MS = 50;
/** Key under which WebDriver puts the reference to an element. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

type WebKitGtk = Extract<WebKit, { kind: 'webdriver' }>;

/** Starts WebKitGTK's MiniBrowser with a fresh profile, on a display of its own, and drives it through its WebDriver. */
export async function launchWebKit({ driver, xvfb }: WebKitGtk): Promise<Driver> {
  const home = await mkdtemp(join(tmpdir(), 'rum-browser-'));
  const groups: ProcessGroup[] = [];
  const killAll = async () => {
    for (const group of groups) await group.kill();
    await rm(home, { recursive: true, force: true });
  };
  try {
    const display = xvfb ? await startDisplay(xvfb, groups) : process.env.DISPLAY;
    const port = await freePort();
    const service = startGroup(driver, [`--port=${port}`], {
      DISPLAY: display,
      GDK_BACKEND: 'x11',
      HOME: home,
      ...emptyFolders(home),
    });
    // Before the display, so that the browser does not see that go.
    groups.unshift(service);
    const origin = `http://127.0.0.1:${port}`;
    await answer(origin, service);
    const session = await openWebDriverSession(origin);
    return {
      open: (url) => session.post('url', { url }),
      reload: () => session.post('refresh'),
      back: () => session.post('back'),
      async click(selector) {
        const element = await session.post<{ [ELEMENT]: string }>('element', {
          using: 'css selector',
          value: selector,
        });
        await session.post(`element/${element[ELEMENT]}/click`);
      },
      evaluate: (run, ...args) =>
        session.post('execute/sync', { script: `return (${run.toString()})(...arguments)`, args }),
      async hide() {
        // A new tab stays behind the one that is driven.
        await session.post('window/minimize');
        const state = () =>
          session.post('execute/sync', { script: 'return document.visibilityState', args: [] });
        while ((await state()) !== 'hidden') await wait(POLL_MS);
      },
      async closePage() {
        // The browser ends with its last tab.
        const next = await session.post<{ handle: string }>('window/new', { type: 'tab' });
        await session.delete('window');
        await session.post('window', { handle: next.handle });
      },
      async quit() {
        await session.delete();
        await killAll();
      },
      kill: killAll,
    };
  } catch (error) {
    await killAll();
    throw error;
  }
}

interface ProcessGroup {
  readonly child: ChildProcess;
  /** The end of what it has printed. */
  output(): string;
  kill(): Promise<void>;
}

/** Starts a program that is killed together with all that it started, at the latest when this process ends. */
function startGroup(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ProcessGroup {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-2000);
    });
  }
  // Not its exit: the others of its group have these pipes too, and may write into the profile until they are gone.
  const ended = once(child, 'close');
  const kill = () => {
    if (!child.pid) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // All of them have ended already.
    }
  };
  process.once('exit', kill);
  return {
    child,
    output: () => output,
    async kill() {
      kill();
      await ended;
      process.off('exit', kill);
    },
  };
}

/** Starts an X server; it chooses a free display and says which. */
async function startDisplay(xvfb: string, groups: ProcessGroup[]): Promise<string> {
  const server = startGroup(xvfb, ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp']);
  groups.push(server);
  const pipe = server.child.stdio[3] as Readable;
  const [number] = await once(pipe.setEncoding('utf8'), 'data', {
    signal: AbortSignal.timeout(START_TIMEOUT_MS),
  });
  return `:${String(number).trim()}`;
}

/** Where WebKit looks for what it kept of earlier runs. */
function emptyFolders(home: string): NodeJS.ProcessEnv {
  return {
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'data'),
  };
}

async function answer(origin: string, { child, output }: ProcessGroup): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    try {
      await fetch(`${origin}/status`);
      return;
    } catch (error) {
      // Nobody listens yet.
      if (child.exitCode !== null || Date.now() > deadline) {
        throw new Error(`WebKitWebDriver did not come up at ${origin}:\n${output()}`, { cause: error });
      }
      await wait(POLL_MS);
    }
  }
}
