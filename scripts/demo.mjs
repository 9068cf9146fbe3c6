// `npm run demo`: from a fresh clone to a running shop with its admin. Every step is skipped where it was done before.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { step } from './lib/progress.mjs';
import { runOrThrow } from './lib/run.mjs';
import { build, checkNode, install, ROOT, toolEnvironment } from './lib/setup.mjs';

const USAGE = `Usage: npm run demo -- [--port 3000] [--empty]

  --port <number>  where the shop listens (default 3000)
  --empty          do not fill an empty database with sample visits`;

const DEMO = new URL('../apps/demo/', import.meta.url);
const DATA = new URL('.data/', DEMO);
const PASSWORD_FILE = new URL('admin-password', DATA);
// A URL, so that a path with spaces or % stays one.
const DATABASE = new URL('rum.db', DATA).href;

const CLI = `${ROOT}packages/next-rum/dist/cli/main.js`;

const START_TIMEOUT_MS = 60_000;
const POLL_MS = 150;

try {
  await main();
} catch (error) {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}

async function main() {
  checkNode();
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    console.log(USAGE);
    return;
  }
  await refuseTakenPort(options.port);

  await step('Install dependencies (npm ci)', async (log) => {
    if (!(await install())) log('up to date');
  });
  await step('Build the packages and the shop', () => build(['demo']));
  await mkdir(DATA, { recursive: true });
  const password = await adminPassword();
  if (!options.empty) {
    await step('Fill an empty database with a week of sample visits', async (log) => {
      const output = await runOrThrow(process.execPath, [CLI, 'seed', '--database', DATABASE]);
      log(output.trim());
    });
    // The shop would do it by itself, in its first minute.
    await step('Count the visits, and watch for what is unusual', async (log) => {
      const output = await runOrThrow(process.execPath, [CLI, 'maintain', '--database', DATABASE]);
      log(output.trim().replaceAll('\n', ' '));
    });
  }
  await serve(options.port, password);
}

function parseOptions(args) {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        port: { type: 'string', default: '3000' },
        empty: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }));
  } catch (error) {
    throw new Error(`${error.message}\n\n${USAGE}`);
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(
      `--port ${values.port} is no port. Mend: give a number from 1 to 65535, such as --port 4000`,
    );
  }
  return { ...values, port };
}

/** Told before anything is built, not after. */
function refuseTakenPort(port) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => {
      const mend = `Mend: npm run demo -- --port ${port === 65_535 ? port - 1 : port + 1}`;
      reject(
        new Error(
          error.code === 'EADDRINUSE'
            ? `Port ${port} is taken by another program. ${mend}`
            : `Port ${port} cannot be used (${error.code}). ${mend}`,
        ),
      );
    });
    probe.listen(port, () => probe.close(resolve));
  });
}

/** The one in the environment, else one made up once and kept beside the database. */
async function adminPassword() {
  if (process.env.RUM_ADMIN_PASSWORD) return process.env.RUM_ADMIN_PASSWORD;
  const made = randomBytes(9).toString('base64url');
  try {
    await writeFile(PASSWORD_FILE, `${made}\n`, { flag: 'wx', mode: 0o600 });
    return made;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return (await readFile(PASSWORD_FILE, 'utf8')).trim();
  }
}

/** Runs the production server until it ends or is told to. */
async function serve(port, password) {
  const server = spawn(
    process.execPath,
    [`${ROOT}node_modules/next/dist/bin/next`, 'start', '--port', String(port)],
    {
      cwd: fileURLToPath(DEMO),
      env: { ...toolEnvironment(process.env), RUM_DATABASE_URL: DATABASE, RUM_ADMIN_PASSWORD: password },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      stopping = true;
      server.kill('SIGTERM');
    });
  }
  // What the server says while it starts is of interest only if it fails.
  let show = null;
  let startOutput = '';
  for (const [stream, target] of [
    [server.stdout, process.stdout],
    [server.stderr, process.stderr],
  ]) {
    stream.setEncoding('utf8');
    stream.on('data', (text) => {
      if (show) target.write(text);
      else startOutput += text;
    });
  }
  const ended = new Promise((resolve) => {
    server.once('exit', (code, signal) => resolve(signal ?? code));
  });

  const url = `http://localhost:${port}`;
  await step('Start the shop', async () => {
    const gone = ended.then(() => 'ended');
    const first = await Promise.race([waitForAnswer(`${url}/api/rum/health`), gone]);
    if (first !== 'ready' && !stopping) {
      server.kill('SIGTERM');
      throw new Error(`The shop did not start:\n${startOutput.trim()}`);
    }
  });
  if (!stopping) {
    show = true;
    console.log(`
  Shop    ${url}
  Admin   ${url}/admin/rum
          sign in with the password  ${password}

  Ctrl-C stops it.
`);
  }
  const reason = await ended;
  if (!stopping) throw new Error(`The shop ended by itself (${reason}).`);
  console.log('Stopped.');
}

async function waitForAnswer(url) {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline) {
    const response = await fetch(url).catch(() => null); // Refused until it listens.
    if (response?.ok) return 'ready';
    await wait(POLL_MS);
  }
  return 'late';
}
