import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { findFirefox } from './firefox.mjs';
import { lockProblems } from './lockProblems.mjs';
import { run } from './run.mjs';
import { ROOT, runTool, toolEnvironment } from './setup.mjs';
import { playwrightCounts, vitestCounts } from './testReports.mjs';
import { findWebKit } from './webkit.mjs';

const LOCKS = ['package-lock.json', 'bench/peers/package-lock.json'];
const PACKAGES = ['packages/react-rum', 'packages/next-rum'];

/**
 * @typedef {{ passed: number, failed: number, details?: string }} PartResult `details` are shown where something failed.
 * @type {readonly { name: string, title: string, run: (log: (line: string) => void) => Promise<PartResult> }[]}
 */
export const PARTS = [
  {
    name: 'types',
    title: 'every workspace under TypeScript 6',
    run: () =>
      all(
        () => runTool('turbo', ['run', 'typecheck', '--output-logs=errors-only', '--continue']),
        () => runTool('tsc', ['-p', 'tests', '--noEmit']),
      ),
  },
  {
    name: 'types7',
    title: 'the packages under TypeScript 7',
    run: () =>
      all(
        ...PACKAGES.map(
          (path) => () =>
            run(process.execPath, [
              join(ROOT, 'tests/typescript7/node_modules/typescript/bin/tsc'),
              ...['-p', join(ROOT, path, 'tsconfig.json'), '--noEmit'],
            ]),
        ),
      ),
  },
  {
    name: 'lint',
    title: 'lint and format',
    run: () => all(() => runTool('biome', ['ci', '--colors=off', '.'])),
  },
  { name: 'layers', title: 'who may import whom', run: () => all(() => npmRun('layers')) },
  { name: 'unused', title: 'files, exports and dependencies in use', run: () => all(() => npmRun('unused')) },
  {
    name: 'packages',
    title: 'packed as npm and TypeScript expect',
    run: () =>
      all(
        ...PACKAGES.flatMap((path) => [
          () => runTool('publint', ['run', path, '--strict', '--pack', 'npm']),
          () =>
            runTool('attw', [
              '--pack',
              path,
              '--ignore-rules',
              'cjs-resolves-to-esm',
              '--no-emoji',
              '--no-color',
            ]),
        ]),
      ),
  },
  {
    name: 'lock',
    title: 'licences and install scripts in all lock files',
    run: async () => {
      const problems = [];
      for (const file of LOCKS)
        problems.push(...lockProblems(JSON.parse(await readFile(join(ROOT, file), 'utf8'))));
      return {
        passed: problems.length === 0 ? 1 : 0,
        failed: problems.length === 0 ? 0 : 1,
        details: problems.join('\n'),
      };
    },
  },
  {
    name: 'unit',
    title: 'units, and the store contract on SQLite and PostgreSQL',
    run: () =>
      withReport(async (report) => {
        const { code, output } = await runTool('vitest', [
          'run',
          ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
        ]);
        return vitestCounts(code, output, report);
      }),
  },
  {
    name: 'e2e',
    title: "Chromium through the demo's production build",
    run: (log) => browserTests('e2e/playwright.config.ts', log),
  },
  {
    name: 'browsers',
    title:
      'one set of scenarios in Chromium, Firefox and WebKit, over App Router, Pages Router and script tag',
    run: async (log) => {
      // All of them here, so that what has to be installed is shown, and a test's time is not spent on it.
      await findFirefox({ log });
      await findWebKit({ log });
      return browserTests('e2e/browsers/playwright.config.ts', log);
    },
  },
  {
    name: 'delivery',
    title: '100,000 events through a network that fails, each stored once or counted as lost',
    run: (log) => browserTests('e2e/delivery/playwright.config.ts', log),
  },
  {
    name: 'tarball',
    title: 'a new app with the packed packages, by the README',
    run: (log) => browserTests('tests/tarball/playwright.config.ts', log),
  },
];

/** One check that consists of several commands: all are run, and it passes where all do. */
async function all(...commands) {
  const details = [];
  for (const command of commands) {
    const { code, output } = await command();
    if (code !== 0) details.push(output.trim());
  }
  return {
    passed: details.length === 0 ? 1 : 0,
    failed: details.length === 0 ? 0 : 1,
    details: details.join('\n\n'),
  };
}

function npmRun(script) {
  return run('npm', ['run', '--silent', script], { cwd: ROOT, env: toolEnvironment(process.env) });
}

async function browserTests(config, log) {
  const chromium = await findChromium({ log });
  return withReport(async (report) => {
    const { code, output } = await runTool(
      'playwright',
      ['test', '--config', config, '--reporter=list,json'],
      {
        env: { ...process.env, RUM_CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
      },
    );
    return playwrightCounts(code, output, report);
  });
}

async function withReport(work) {
  const folder = await mkdtemp(join(tmpdir(), 'rum-report-'));
  try {
    return await work(join(folder, 'report.json'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
