import { existsSync } from 'node:fs';
import { aptInstall } from './apt.mjs';
import { firstThatStarts, onPath, starts } from './executables.mjs';
import { run } from './run.mjs';

const NAMES = ['firefox-esr', 'firefox'];
const PLACES = [
  '/usr/lib/firefox-esr/firefox-esr',
  '/usr/lib/firefox/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
];

/**
 * @typedef {object} Firefox
 * @property {string} path Path of the executable.
 * @property {boolean} patched It is Playwright's own build, which only Playwright can drive.
 */

/**
 * Finds a Firefox, and installs one where there is none.
 *
 * @param {object} [options]
 * @param {NodeJS.ProcessEnv} [options.env] `RUM_FIREFOX` names the executable to use.
 * @param {(line: string) => void} [options.log]
 * @returns {Promise<Firefox>}
 * @throws When no Firefox can be had; the message says what was tried and the mend.
 */
export async function findFirefox({ env = process.env, log = () => {} } = {}) {
  const { firefox } = await import('@playwright/test');
  const patched = firefox.executablePath();
  const named = env.RUM_FIREFOX;
  if (named) {
    if (await starts(named)) return { path: named, patched: named === patched };
    throw new Error(`RUM_FIREFOX names ${named}, which does not start. Mend: correct it or unset it.`);
  }
  const installed = await systemFirefox(env);
  if (installed) return { path: installed, patched: false };

  const aptFailure = await aptInstall('firefox-esr', log);
  const fresh = await systemFirefox(env);
  if (fresh) return { path: fresh, patched: false };

  if (existsSync(patched)) return { path: patched, patched: true };
  log("downloading Playwright's Firefox");
  const download = await run('npx', ['playwright', 'install', 'firefox'], { env });
  if (existsSync(patched)) return { path: patched, patched: true };

  throw new Error(
    'No Firefox can be had. ' +
      `Looked for ${NAMES.join(', ')} in PATH, for ${PLACES.join(', ')}; apt: ${aptFailure}; ` +
      `playwright install: ${download.output.trim().split('\n').at(-1)}\n` +
      'Mend: install Firefox (Debian: apt-get install firefox-esr), or set RUM_FIREFOX to its path.',
  );
}

async function systemFirefox(env) {
  return (await onPath(NAMES, env)) ?? (await firstThatStarts(PLACES));
}
