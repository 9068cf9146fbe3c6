import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, beforeAll, expect, test } from 'vitest';

const rules = createRequire(import.meta.url)('../../.dependency-cruiser.cjs');

/** An import that must be refused, and the rule that refuses it. */
const FORBIDDEN = [
  ['packages/react-rum/src/protocol/limits.ts', '../browser/startRum.js', 'protocol-imports'],
  ['packages/react-rum/src/protocol/schema.ts', 'zod', 'protocol-imports'],
  ['packages/react-rum/src/protocol/newId.ts', 'node:crypto', 'protocol-imports'],
  ['packages/react-rum/src/browser/startRum.ts', '../react/index.js', 'agent-imports'],
  ['packages/react-rum/src/browser/queue.ts', 'react', 'agent-imports'],
  ['packages/react-rum/src/browser/vitals.ts', 'web-vitals', 'agent-imports'],
  ['packages/react-rum/src/script.ts', './react/index.js', 'script-imports'],
  ['packages/react-rum/src/react/provider.tsx', 'react-dom', 'react-imports'],
  ['packages/react-rum/src/react/boundary.tsx', '@rumkit/next-rum', 'agent-knows-no-server'],
  ['packages/next-rum/src/analysis/percentile.ts', '../store/store.js', 'analysis-imports'],
  ['packages/next-rum/src/analysis/sketch.ts', 'node:fs', 'analysis-imports'],
  ['packages/next-rum/src/store/rollup.ts', '../server/config.js', 'store-imports'],
  ['packages/next-rum/src/store/openStore.ts', 'pg', 'store-imports'],
  ['packages/next-rum/src/server/collect.ts', '../store/openStore.js', 'server-imports'],
  ['packages/next-rum/src/server/query.ts', '../admin/adminApi.js', 'server-imports'],
  ['packages/next-rum/src/server/authorize.ts', 'next/headers', 'next-only-in-its-binding'],
  ['packages/next-rum/src/admin/adminApi.ts', '../server/config.js', 'admin-imports'],
  ['packages/next-rum/src/admin/queries.ts', '../store/rows.js', 'admin-imports'],
  ['packages/next-rum/src/admin/tabs.tsx', 'next/link', 'next-only-in-its-binding'],
  ['packages/next-rum/src/thread/rumWorker.ts', 'pg', 'thread-imports'],
  ['packages/next-rum/src/otel/index.ts', '../server/config.js', 'otel-imports'],
  ['packages/next-rum/src/defineRum.ts', 'next/server', 'next-only-in-its-binding'],
  ['packages/next-rum/src/cli/main.ts', '../next/page.js', 'cli-has-no-user-interface'],
  ['packages/next-rum/src/cli/doctor.ts', '../admin/adminApi.js', 'cli-has-no-user-interface'],
  ['packages/next-rum/src/cli/init.ts', 'pg', 'no-dev-dependency'],
  ['packages/next-rum/src/cli/seed.ts', '../../../../bench/load.js', 'packages-stand-alone'],
  ['packages/next-rum/src/cli/migrate.ts', '../store/store.test.js', 'no-test-in-code'],
  ['packages/next-rum/src/server/limit.ts', './nowhere.js', 'no-unresolved'],
  ['packages/next-rum/src/server/cycleA.ts', './cycleB.js', 'no-cycle'],
  ['apps/demo/lib/rum.ts', '../../../packages/next-rum/src/defineRum.js', 'demo-uses-what-is-published'],
] as const;

/** Imports that the design asks for. */
const ALLOWED = [
  ['packages/react-rum/src/browser/send.ts', '../protocol/limits.js'],
  ['packages/react-rum/src/react/hooks.ts', '../browser/send.js'],
  ['packages/next-rum/src/store/salt.ts', 'node:crypto'],
  ['packages/next-rum/src/server/receive.ts', '../store/rows.js'],
  ['packages/next-rum/src/server/device.ts', 'bowser'],
  ['packages/next-rum/src/server/parse.ts', '@rumkit/react-rum/protocol'],
  ['packages/next-rum/src/admin/routes.tsx', '../server/api.js'],
  ['packages/next-rum/src/next/page.tsx', 'next/headers'],
  ['packages/next-rum/src/index.ts', './store/salt.js'],
  ['packages/next-rum/src/store/store.test.ts', 'pg'],
] as const;

const OTHER_FILES = {
  'packages/next-rum/src/server/cycleB.ts': "import './cycleA.js';",
  'packages/next-rum/src/server/config.ts': '',
  'packages/next-rum/src/server/api.ts': '',
  'packages/next-rum/src/store/store.ts': '',
  'packages/next-rum/src/store/rows.ts': '',
  'packages/next-rum/src/lonely.ts': '',
  'packages/react-rum/src/react/index.ts': '',
  'packages/react-rum/dist/protocol/index.js': '',
  'bench/load.ts': '',
  'tsconfig.base.json': '{ "compilerOptions": { "module": "nodenext" } }',
  'packages/react-rum/package.json': manifest(
    { peerDependencies: ['react'], devDependencies: ['web-vitals'] },
    { './protocol': './dist/protocol/index.js' },
  ),
  'packages/next-rum/package.json': manifest({
    dependencies: ['bowser', 'zod', '@rumkit/react-rum'],
    peerDependencies: ['next', 'react', 'react-dom'],
    devDependencies: ['pg'],
  }),
  'apps/demo/package.json': manifest({}),
  'node_modules/next/headers.js': '',
  'node_modules/next/link.js': '',
  'node_modules/next/server.js': '',
  ...Object.fromEntries(
    ['bowser', 'next', 'pg', 'react', 'react-dom', 'web-vitals', 'zod', '@rumkit/next-rum'].flatMap(
      (name) => [
        [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' })],
        [`node_modules/${name}/index.js`, ''],
      ],
    ),
  ),
};

let home: string;
let violations: ICruiseResult['summary']['violations'];

beforeAll(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), 'rum-layers-')));
  const imports = [...FORBIDDEN, ...ALLOWED].map(([from, to]) => [from, `import '${to}';\n`]);
  for (const [path, content] of [...Object.entries(OTHER_FILES), ...imports] as [string, string][]) {
    await mkdir(dirname(join(home, path)), { recursive: true });
    await writeFile(join(home, path), content);
  }
  await symlink('../../packages/react-rum', join(home, 'node_modules/@rumkit/react-rum'));
  const { forbidden, options } = rules;
  const { output } = await cruise(['packages', 'apps'], {
    ...options,
    baseDir: home,
    ruleSet: { forbidden },
    validate: true,
  });
  if (typeof output === 'string') throw new Error(output);
  violations = output.summary.violations;
});
afterAll(() => rm(home, { recursive: true, force: true }));

test.each(FORBIDDEN)('%s may not import %s (%s)', (from, _to, rule) => {
  expect(violations.filter((violation) => violation.from === from).map(({ rule }) => rule.name)).toContain(
    rule,
  );
});

test.each(ALLOWED)('%s may import %s', (from) => {
  expect(violations.filter((violation) => violation.from === from)).toEqual([]);
});

test('a file that nothing imports and that imports nothing is found', () => {
  expect(violations).toContainEqual(
    expect.objectContaining({
      from: 'packages/next-rum/src/lonely.ts',
      rule: expect.objectContaining({ name: 'no-orphan' }),
    }),
  );
});

test('every rule has an import here that it refuses', () => {
  const named = new Set<string>([...FORBIDDEN.map(([, , rule]) => rule), 'no-orphan']);
  expect(
    rules.forbidden.map(({ name }: { name: string }) => name).filter((name: string) => !named.has(name)),
  ).toEqual([]);
});

function manifest(
  kinds: { [kind: string]: readonly string[] },
  exports: { [path: string]: string } = {},
): string {
  const entries = Object.entries(kinds).map(([kind, names]) => [
    kind,
    Object.fromEntries(names.map((name) => [name, '1.0.0'])),
  ]);
  return JSON.stringify({ name: 'fixture', type: 'module', exports, ...Object.fromEntries(entries) });
}
