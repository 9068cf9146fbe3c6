import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { run } from './run.mjs';

/** The repository's root folder. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const OLDEST_NODE = [20, 19];

/**
 * The environment for everything that the scripts start. `NODE_ENV` is left out: `production` would keep npm from
 * installing what builds the project, and React from being testable.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function toolEnvironment(env) {
  const { NODE_ENV: _, ...rest } = env;
  return {
    ...rest,
    NEXT_TELEMETRY_DISABLED: '1',
    TURBO_TELEMETRY_DISABLED: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
  };
}

/** @throws Where this Node.js is older than the project runs on. */
export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new Error(
    `Node.js ${version} is too old: the project needs ${OLDEST_NODE.join('.')} or newer. ` +
      'Mend: install a current Node.js and run the command again.',
  );
}

/**
 * Runs `npm ci` unless node_modules already holds what package-lock.json asks for.
 *
 * @param {string} folder Of package.json and its lock, with a slash at its end.
 * @returns {Promise<boolean>} Whether anything had to be installed.
 */
export async function install(folder = ROOT) {
  const lock = await readLock(`${folder}package-lock.json`);
  if (lock === null)
    throw new Error(`${folder}package-lock.json cannot be read. Mend: git checkout package-lock.json`);
  const installed = await readLock(`${folder}node_modules/.package-lock.json`);
  if (installed !== null && isInstalled(lock, installed)) return false;

  const { code, output } = await run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: folder,
    env: toolEnvironment(process.env),
  });
  if (code !== 0) {
    throw new Error(
      `npm ci failed:\n${output.trim()}\n` +
        'Mend: see that the npm registry can be reached (npm ping), and that package-lock.json is as committed.',
    );
  }
  return true;
}

/**
 * Builds workspaces and what they depend on; what has not changed since the last build is taken from the cache.
 *
 * @param {readonly string[]} workspaces Package names; none means all.
 */
export async function build(workspaces = []) {
  const filters = workspaces.map((name) => `--filter=${name}`);
  const { code, output } = await runTool('turbo', ['run', 'build', '--output-logs=errors-only', ...filters]);
  if (code !== 0) throw new Error(`The build failed:\n${output.trim()}`);
}

/** Runs a program that npm installed, in the root folder; returns what {@link run} does. */
export function runTool(name, args, { env = process.env, ...options } = {}) {
  return run(`${ROOT}node_modules/.bin/${name}`, args, { cwd: ROOT, env: toolEnvironment(env), ...options });
}

/** npm writes what it installed in the form of the lock file, less what this platform cannot use. */
function isInstalled(lock, installed) {
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path.includes('node_modules/') && !entry.link && !entry.optional)
    .every(([path, entry]) => installed.packages[path]?.version === entry.version);
}

async function readLock(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    // Missing, or cut short by an interrupted install: both mean that it says nothing about what is installed.
    return null;
  }
}
