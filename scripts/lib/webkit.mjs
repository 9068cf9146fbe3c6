import { existsSync } from 'node:fs';
import { aptInstall } from './apt.mjs';
import { firstThatStarts, onPath, starts } from './executables.mjs';
import { run } from './run.mjs';

const DRIVER = 'WebKitWebDriver';
const DRIVER_PLACES = ['/usr/bin/WebKitWebDriver', '/usr/libexec/WebKitWebDriver'];
const PROBE = '--help';

/**
 * WebKitGTK through its WebDriver, on a display of its own; or Playwright's build of WebKit.
 *
 * @typedef {{ kind: 'webdriver', driver: string, xvfb: string | null } | { kind: 'playwright' }} WebKit
 *   `xvfb` is null where the display that this session has must do.
 */

/**
 * Finds a WebKit that can be driven, and installs one where there is none. The driver knows the browser it belongs to.
 *
 * @param {object} [options]
 * @param {NodeJS.ProcessEnv} [options.env] `RUM_WEBKIT_DRIVER` names the WebKitWebDriver to use.
 * @param {(line: string) => void} [options.log]
 * @returns {Promise<WebKit>}
 * @throws When no WebKit can be had; the message says what was tried and the mend.
 */
export async function findWebKit({ env = process.env, log = () => {} } = {}) {
  const named = env.RUM_WEBKIT_DRIVER;
  if (named) {
    if (await starts(named, PROBE)) return withDisplay(named, env, log);
    throw new Error(`RUM_WEBKIT_DRIVER names ${named}, which does not start. Mend: correct it or unset it.`);
  }
  const installed = await systemDriver(env);
  if (installed) return withDisplay(installed, env, log);

  const aptFailure = await aptInstall('webkit2gtk-driver', log);
  const fresh = await systemDriver(env);
  if (fresh) return withDisplay(fresh, env, log);

  const { webkit } = await import('@playwright/test');
  const patched = webkit.executablePath();
  if (existsSync(patched)) return { kind: 'playwright' };
  log("downloading Playwright's WebKit");
  const download = await run('npx', ['playwright', 'install', 'webkit'], { env });
  if (existsSync(patched)) return { kind: 'playwright' };

  throw new Error(
    'No WebKit can be had. ' +
      `Looked for ${DRIVER} in PATH and for ${DRIVER_PLACES.join(', ')}; apt: ${aptFailure}; ` +
      `playwright install: ${download.output.trim().split('\n').at(-1)}\n` +
      'Mend: install WebKitGTK with its driver (Debian: apt-get install webkit2gtk-driver xvfb), ' +
      'or set RUM_WEBKIT_DRIVER to the path of WebKitWebDriver.',
  );
}

async function systemDriver(env) {
  return (await onPath([DRIVER], env, PROBE)) ?? (await firstThatStarts(DRIVER_PLACES, PROBE));
}

/** WebKitGTK has no headless mode: it needs an X server, and one of its own keeps its windows off the user's screen. */
async function withDisplay(driver, env, log) {
  const find = () => onPath(['Xvfb'], env, '-help');
  const installed = await find();
  if (installed) return { kind: 'webdriver', driver, xvfb: installed };
  const aptFailure = await aptInstall('xvfb', log);
  const xvfb = await find();
  if (xvfb || env.DISPLAY) return { kind: 'webdriver', driver, xvfb };
  throw new Error(
    `WebKitGTK needs a display, and there is none. Looked for Xvfb in PATH; apt: ${aptFailure}\n` +
      'Mend: install Xvfb (Debian: apt-get install xvfb), or set DISPLAY to an X server.',
  );
}
