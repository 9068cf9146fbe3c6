import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { aptInstall } from './apt.mjs';
import { freePort } from './freePort.mjs';
import { run } from './run.mjs';

const START_TIMEOUT_MS = 15_000;

// The shell waits on a pipe that only this process holds: when this process is gone, however it went, so is the server.
const GUARD = `
redis-server "$@" & server=$!
read -r end
kill -TERM $server; wait $server
`;

/**
 * @typedef {object} RedisServer A throw-away Redis in memory, on a free loopback port.
 * @property {number} port
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a Redis server, and installs Debian's package where it is missing.
 *
 * @param {(line: string) => void} [log]
 * @returns {Promise<RedisServer>}
 * @throws When no Redis can be had; the message says what was tried and the mend.
 */
export async function startRedis(log = () => {}) {
  await findRedis(log);
  const port = await freePort();
  const settings = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const guard = spawn('/bin/sh', ['-c', GUARD, 'sh', ...settings], {
    cwd: tmpdir(),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [guard.stdout, guard.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output = (output + text).slice(-4000);
    });
  }
  const ended = once(guard, 'close');
  const stop = async () => {
    guard.ref();
    if (guard.exitCode === null) guard.stdin.end();
    await ended;
  };
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!output.includes('Ready to accept connections')) {
    if (Date.now() > deadline || guard.exitCode !== null) {
      await stop();
      throw new Error(`redis-server did not start on port ${port}:\n${output.trim()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  // An idle guard must not keep a finished test run alive.
  for (const handle of [guard, guard.stdin, guard.stdout, guard.stderr]) handle.unref();
  return { port, stop };
}

async function findRedis(log) {
  const isThere = async () => (await run('redis-server', ['--version'])).code === 0;
  if (await isThere()) return;
  const failure = await aptInstall('redis-server', log);
  if (await isThere()) return;
  throw new Error(
    `No redis-server was found${failure ? ` (${failure})` : ''}. Mend: install it (Debian: apt-get install redis-server).`,
  );
}
