import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { newId } from '../../packages/react-rum/dist/protocol/index.js';
import { startApp } from '../../scripts/lib/appServer.mjs';
import { ROOT, toolEnvironment } from '../../scripts/lib/setup.mjs';
import { readHealth } from './readHealth.js';
import { readmeFiles } from './readmeFiles.js';

const exec = promisify(execFile);
const PASSWORD = 'a-password-for-this-test';

// The second builds the app of the first again.
test.describe.configure({ mode: 'serial' });

let app: string;
let carriedOff: string;
test.beforeAll(async () => {
  app = await mkdtemp(join(tmpdir(), 'rum-new-app-'));
  carriedOff = await mkdtemp(join(tmpdir(), 'rum-carried-off-'));
});
test.afterAll(async () => {
  await rm(app, { recursive: true, force: true });
  await rm(carriedOff, { recursive: true, force: true });
});

test('a new app that follows the README builds and records a visit', async ({ page, request }) => {
  await writeNewApp();
  const edits = readmeFiles(await readFile(join(ROOT, 'README.md'), 'utf8'));
  expect(edits.map(({ path }) => path).sort()).toEqual([
    'app/admin/rum/[[...rum]]/page.tsx',
    'app/api/rum/[...rum]/route.ts',
    'app/layout.tsx',
    'components/Newsletter.tsx',
    'instrumentation-client.ts',
    'lib/rum.ts',
    'next.config.ts',
  ]);
  for (const { path, content } of edits) await write(path, content);

  await test.step('install the packed packages', async () => {
    const tarballs = await Promise.all(['react-rum', 'next-rum'].map(pack));
    await npm('install', '--prefer-offline', '--no-audit', '--no-fund', ...tarballs);
    const lock = JSON.parse(await readFile(join(app, 'package-lock.json'), 'utf8'));
    const scripted = Object.entries<{ hasInstallScript?: boolean }>(lock.packages).filter(
      ([, entry]) => entry.hasInstallScript,
    );
    expect(scripted, 'no install script, so nothing is compiled and npm may forbid them').toEqual([]);
  });
  await test.step('next build', () => npm('run', 'build'));

  const database = `file:${join(app, 'visits.db')}`;
  const server = await startApp({
    folder: app,
    // The browser that visits it is driven, and says so.
    env: { RUM_DATABASE_URL: database, RUM_ADMIN_PASSWORD: PASSWORD, RUM_BOTS: 'counted' },
  });
  try {
    await page.goto(server.url);
    await page.getByRole('link', { name: 'Second page' }).click();
    await expect(page.getByRole('heading', { name: 'Item 7' })).toBeVisible();
    await page.goto('about:blank');

    await expect(async () => {
      const visits = await recordedViews(database);
      expect(visits.map(({ route, path }) => [route, path])).toEqual([
        ['/', '/'],
        ['/item/[id]', '/item/7'],
      ]);
      expect(visits[0]?.ttfb).toBeGreaterThan(0);
    }).toPass({ timeout: 20_000 });
    expect((await readHealth(request, server.url, PASSWORD)).store).toMatchObject(IN_ITS_THREAD);
  } finally {
    await server.stop();
  }
});

test('its standalone output, carried off alone as into an image, records in a thread too', async ({
  request,
}) => {
  const config = await readFile(join(app, 'next.config.ts'), 'utf8');
  // The types were checked by the first build.
  const standalone = "withRum({ output: 'standalone', typescript: { ignoreBuildErrors: true } })";
  expect(config).toContain('withRum({})');
  await write('next.config.ts', config.replace('withRum({})', standalone));
  await test.step('next build', () => npm('run', 'build'));
  await rename(join(app, '.next/standalone'), join(carriedOff, 'app'));
  await rm(app, { recursive: true });

  const server = await startApp({
    folder: join(carriedOff, 'app'),
    standalone: true,
    env: { RUM_DATABASE_URL: `file:${join(carriedOff, 'visits.db')}`, RUM_ADMIN_PASSWORD: PASSWORD },
  });
  try {
    const recorded = await request.post(`${server.url}/api/rum/batch`, { data: aBatch() });
    expect([recorded.status(), recorded.headers()['rum-receipt']]).toEqual([
      202,
      'accepted=1, duplicate=0, rejected=0',
    ]);
    const { store, lastHour } = await readHealth(request, server.url, PASSWORD);
    expect(store).toMatchObject(IN_ITS_THREAD);
    expect(lastHour?.items.accepted).toBe(1);
    expect(server.output()).not.toContain('thread_not_used');
  } finally {
    await server.stop();
  }
});

const IN_ITS_THREAD = { state: 'ok', thread: { state: 'own' } };

/** One event, as an agent would send it. */
function aBatch(): object {
  const now = Date.now();
  const event = { type: 'custom', id: newId(now), viewId: newId(now), at: now, route: '/', name: 'order' };
  return { v: 1, app: 'default', sentAt: now, sessionId: newId(now), views: [], events: [event] };
}

/** What a team has before it reads the README: an App Router app of two pages. */
async function writeNewApp(): Promise<void> {
  const require = createRequire(join(ROOT, 'apps/demo/package.json'));
  const exact = (name: string): string => require(`${name}/package.json`).version;
  await write(
    'package.json',
    JSON.stringify({
      name: 'new-app',
      private: true,
      scripts: { build: 'next build' },
      dependencies: { next: exact('next'), react: exact('react'), 'react-dom': exact('react-dom') },
      devDependencies: {
        '@types/node': exact('@types/node'),
        '@types/react': exact('@types/react'),
        typescript: exact('typescript'),
      },
    }),
  );
  await write(
    'app/page.tsx',
    `import Link from 'next/link';
export default function Home() {
  return <main><h1>Home</h1><Link href="/item/7">Second page</Link></main>;
}
`,
  );
  await write(
    'app/item/[id]/page.tsx',
    `export default async function Item({ params }: { params: Promise<{ id: string }> }) {
  return <h1>Item {(await params).id}</h1>;
}
`,
  );
}

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(app, path)), { recursive: true });
  await writeFile(join(app, path), content);
}

async function pack(name: string): Promise<string> {
  const { stdout } = await exec('npm', ['pack', '--json', '--pack-destination', app], {
    cwd: join(ROOT, 'packages', name),
  });
  return `./${JSON.parse(stdout)[0].filename}`;
}

async function npm(...args: readonly string[]): Promise<void> {
  await exec('npm', args, { cwd: app, env: toolEnvironment(process.env), maxBuffer: 2 ** 26 });
}

/** Read by the installed package, in plain Node.js. */
async function recordedViews(
  database: string,
): Promise<{ route: string; path: string; ttfb: number | null }[]> {
  const program = `
    import { defineRum } from '@rumkit/next-rum';
    const store = await defineRum({ database: process.argv[1] }).store();
    const views = await store.views({ app: 'default', from: 0, to: Date.now() + 1 }, 10);
    console.log(JSON.stringify(views.reverse()));
    await store.close();
  `;
  const { stdout } = await exec(process.execPath, ['--input-type=module', '--eval', program, database], {
    cwd: app,
  });
  return JSON.parse(stdout);
}
