import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { aptInstall } from './apt.mjs';
import { carriedBinary } from './carriedBinary.mjs';
import { onPath, starts } from './executables.mjs';
import { run, runOrThrow } from './run.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const CARRIED_VERSION = '153.0.0';

/**
 * Finds a Chromium, and installs one where there is none.
 *
 * @param {object} [options]
 * @param {NodeJS.ProcessEnv} [options.env] `RUM_CHROMIUM` or `CHROMIUM_PATH` names the executable to use.
 * @param {(line: string) => void} [options.log]
 * @returns {Promise<string>} Path of the executable.
 * @throws When no Chromium can be had; the message says what was tried and the mend.
 */
export async function findChromium({ env = process.env, log = () => {} } = {}) {
  const named = env.RUM_CHROMIUM ?? env.CHROMIUM_PATH;
  if (named) {
    if (await starts(named)) return named;
    throw new Error(
      `RUM_CHROMIUM or CHROMIUM_PATH names ${named}, which does not start. Mend: correct it or unset it.`,
    );
  }
  const installed = (await onPath(NAMES, env)) ?? (await playwrightsOwn());
  if (installed) return installed;

  const aptFailure = await aptInstall('chromium', log);
  const fresh = await onPath(NAMES, env);
  if (fresh) return fresh;

  log("downloading Playwright's Chromium");
  const download = await run('npx', ['playwright', 'install', 'chromium'], { env });
  const downloaded = await playwrightsOwn();
  if (downloaded) return downloaded;

  try {
    return await carried(log);
  } catch (error) {
    throw new Error(
      'No Chromium can be had. ' +
        `Looked for ${NAMES.join(', ')} in PATH; apt: ${aptFailure}; ` +
        `playwright install: ${download.output.trim().split('\n').at(-1)}; npm package: ${error.message}\n` +
        'Mend: install Chromium (Debian: apt-get install chromium), or set RUM_CHROMIUM to its path.',
      { cause: error },
    );
  }
}

async function playwrightsOwn() {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return existsSync(path) && (await starts(path)) ? path : null;
}

/** The npm package holds the browser and the shared libraries it needs, compressed; it unpacks them into TMPDIR. */
async function carried(log) {
  const folder = await carriedBinary('@sparticuz/chromium', CARRIED_VERSION, log);
  const unpacked = join(folder, 'unpacked');
  await mkdir(unpacked, { recursive: true });
  await runOrThrow(
    process.execPath,
    ['--input-type=module', '--eval', "import c from '@sparticuz/chromium'; await c.executablePath();"],
    // The package unpacks its libraries only where it takes the machine for the bare one it was made for.
    { cwd: folder, env: { ...process.env, TMPDIR: unpacked, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' } },
  );
  const launcher = join(unpacked, 'launch.sh');
  await writeFile(
    launcher,
    `#!/bin/sh
here='${unpacked}'
LD_LIBRARY_PATH="$here/al2023/lib" FONTCONFIG_PATH="$here/fonts" exec "$here/chromium" "$@"
`,
  );
  await chmod(launcher, 0o755);
  if (!(await starts(launcher)))
    throw new Error('the browser in @sparticuz/chromium does not start on this system');
  return launcher;
}
