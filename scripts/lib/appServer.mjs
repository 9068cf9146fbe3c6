import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { freePort } from './freePort.mjs';
import { ROOT, toolEnvironment } from './setup.mjs';

const START_TIMEOUT_MS = 60_000;
// A browser opens connections ahead of need, and Node.js waits a minute for the first request on each.
const STOP_GRACE_MS = 2000;

/**
 * @typedef {object} AppServer
 * @property {string} url Origin, such as `http://127.0.0.1:40001`.
 * @property {number} pid
 * @property {() => string} output What it has printed so far.
 * @property {() => Promise<void>} stop
 */

/**
 * Starts the production server of a built Next app on a free loopback port, and waits until it answers.
 *
 * @param {object} options
 * @param {string} [options.folder] The app, the demo by default.
 * @param {boolean} [options.standalone] Whether the folder is one that `output: 'standalone'` made.
 * @param {NodeJS.ProcessEnv} [options.env] What it is given besides this process's environment.
 * @param {number} [options.port]
 * @returns {Promise<AppServer>}
 */
export async function startApp({
  folder = join(ROOT, 'apps/demo'),
  standalone = false,
  env = {},
  port,
} = {}) {
  const listening = port ?? (await freePort());
  const program = standalone ? [join(folder, 'server.js')] : nextStart(folder, listening);
  const child = spawn(process.execPath, program, {
    cwd: folder,
    env: {
      ...toolEnvironment(process.env),
      ...(standalone && { PORT: String(listening), HOSTNAME: '127.0.0.1' }),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  const ended = once(child, 'close');
  const stop = async () => {
    child.kill('SIGTERM');
    const impatience = setTimeout(kill, STOP_GRACE_MS);
    await ended;
    clearTimeout(impatience);
    process.off('exit', kill);
  };
  const url = `http://127.0.0.1:${listening}`;
  const deadline = Date.now() + START_TIMEOUT_MS;
  // Next says that it is ready before it has loaded the build, and ends where it cannot.
  while (!(await answers(url))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`the app in ${folder} did not come up:\n${output.trim().slice(-3000)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { url, pid: child.pid, output: () => output, stop };
}

function nextStart(folder, port) {
  const next = createRequire(join(folder, 'package.json')).resolve('next/dist/bin/next');
  return [next, 'start', '--port', String(port), '--hostname', '127.0.0.1'];
}

async function answers(url) {
  try {
    await fetch(url, { method: 'HEAD' });
    return true;
  } catch {
    // Nobody listens yet.
    return false;
  }
}
