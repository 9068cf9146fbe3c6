import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aptInstall } from './apt.mjs';
import { freePort } from './freePort.mjs';
import { run, runOrThrow } from './run.mjs';

const START_TIMEOUT_MS = 10_000;

/**
 * Starts PgBouncer with transaction pooling before a PostgreSQL server, on a free loopback port.
 *
 * @param {string} serverUrl Connection string of the server, whose user needs no password.
 * @param {{ poolSize: number }} options Server connections for each database.
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>} `url` names the same database through the pooler.
 * @throws When PgBouncer can neither be found nor installed.
 */
export async function startPgBouncer(serverUrl, { poolSize }) {
  if ((await run('pgbouncer', ['--version'])).code !== 0) {
    const failure = await aptInstall('pgbouncer', () => {});
    if (failure !== null) {
      throw new Error(
        `No PgBouncer can be had: ${failure}\nMend: install it (Debian: apt-get install pgbouncer)`,
      );
    }
  }
  const server = new URL(serverUrl);
  const port = await freePort();
  const home = await mkdtemp(join(tmpdir(), 'rum-pgbouncer-'));
  const [settings, users] = [join(home, 'pgbouncer.ini'), join(home, 'users.txt')];
  await writeFile(users, `"${server.username}" ""\n`);
  await writeFile(
    settings,
    `[databases]
* = host=${server.hostname} port=${server.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${users}
pool_mode = transaction
default_pool_size = ${poolSize}
`,
  );
  // Like the server, it refuses to run as root.
  const owner = process.getuid?.() === 0 ? await userPostgres() : {};
  if ('uid' in owner) for (const path of [home, settings, users]) await chown(path, owner.uid, owner.gid);
  const child = spawn('pgbouncer', [settings], { cwd: home, ...owner, stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    log = (log + text).slice(-4000);
  });
  const ended = once(child, 'close');
  const stop = async () => {
    if (child.exitCode === null) child.kill('SIGINT');
    await ended;
    await rm(home, { recursive: true, force: true });
  };
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await accepts(port))) {
    if (Date.now() > deadline || child.exitCode !== null) {
      await stop();
      throw new Error(`PgBouncer did not start on port ${port}:\n${log.trim()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  server.port = `${port}`;
  server.hostname = '127.0.0.1';
  return { url: server.href, stop };
}

async function userPostgres() {
  const [uid, gid] = await Promise.all([
    runOrThrow('id', ['-u', 'postgres']),
    runOrThrow('id', ['-g', 'postgres']),
  ]);
  return { uid: Number(uid), gid: Number(gid) };
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.once('connect', () => socket.end(() => resolve(true)));
    socket.once('error', () => resolve(false));
  });
}
