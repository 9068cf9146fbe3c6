// Who may import whom: docs/architecture.md says why. Another workspace is reached through its build, so a room is the
// folder of its sources or of its output.
const room = (path) => `^packages/${path.replace('/', '/(src|dist)/')}`;
const npm = (...names) => `(^|/)node_modules/(@types/)?(${names.join('|')})/`;
const STYLES = '\\.css$';

const protocol = room('react-rum/protocol/');
const agent = room('react-rum/browser/');
const reactBinding = room('react-rum/react/');
const analysis = room('next-rum/analysis/');
const store = room('next-rum/store/');
const storeContract = room('next-rum/store/(rows|store|storeError|filters|(?!open)\\w+Store)\\.');
const server = room('next-rum/server/');
const api = room('next-rum/server/(api/|(?:api|board|csv|ndjson|question)\\.)');
const admin = room('next-rum/admin/');
const nextBinding = room('next-rum/next/');
const thread = room('next-rum/thread/');
const otel = room('next-rum/otel/');
const cli = room('next-rum/cli/');

// A test may reach for what it needs to make its point; so may the suite that every store has to pass.
const TESTS = ['\\.test\\.tsx?$', '\\.contract\\.ts$', '/src/testing/'];

/** Everything a room may import; `node` also lets it use Node's own modules. */
const ROOMS = [
  { name: 'protocol', from: protocol, to: [protocol] },
  { name: 'agent', from: agent, to: [agent, protocol] },
  { name: 'script', from: room('react-rum/script\\.'), to: [agent, protocol] },
  { name: 'react', from: reactBinding, to: [reactBinding, agent, protocol, npm('react')] },
  { name: 'analysis', from: analysis, to: [analysis, protocol] },
  {
    name: 'store',
    from: store,
    to: [store, analysis, protocol, npm('@prisma', '\\.prisma'), room('next-rum/generated/')],
    node: true,
  },
  {
    name: 'server',
    from: server,
    to: [
      server,
      storeContract,
      analysis,
      protocol,
      npm('bowser', 'isbot', 'maxmind', 'rate-limiter-flexible', 'zod'),
    ],
    node: true,
  },
  {
    name: 'admin',
    from: admin,
    to: [admin, api, analysis, protocol, npm('react', 'react-dom', '@tanstack', 'recharts'), STYLES],
  },
  { name: 'thread', from: thread, to: [thread, store, server, protocol], node: true },
  { name: 'otel', from: otel, to: [otel, protocol, npm('@opentelemetry')] },
];

module.exports = {
  forbidden: [
    ...ROOMS.map(({ name, from, to, node = false }) => ({
      name: `${name}-imports`,
      severity: 'error',
      comment: `What ${name} may import is listed in docs/architecture.md; this is not on the list.`,
      from: { path: from, pathNot: TESTS },
      to: { pathNot: to, ...(node ? { dependencyTypesNot: ['core'] } : {}) },
    })),
    {
      name: 'agent-knows-no-server',
      severity: 'error',
      comment: 'react-rum works without next-rum; the arrow points the other way.',
      from: { path: '^packages/react-rum/' },
      to: { path: '^packages/next-rum/|(^|/)node_modules/@rumkit/next-rum/' },
    },
    {
      name: 'next-only-in-its-binding',
      severity: 'error',
      comment: 'Everything but src/next works in any framework; move what needs Next there.',
      from: { path: '^packages/', pathNot: [nextBinding, ...TESTS] },
      to: { path: npm('next') },
    },
    {
      name: 'cli-has-no-user-interface',
      severity: 'error',
      comment: 'The command line runs without Next and without React.',
      from: { path: cli, pathNot: TESTS },
      to: { path: [nextBinding, admin, npm('next', 'react', 'react-dom')] },
    },
    {
      name: 'demo-uses-what-is-published',
      severity: 'error',
      comment: 'The demo is documentation: it imports the packages by name, as a user does.',
      from: { path: '^apps/' },
      to: { path: '^packages/[^/]+/src/' },
    },
    {
      name: 'packages-stand-alone',
      severity: 'error',
      comment: 'A published file cannot import what is not published with it.',
      from: { path: '^packages/', pathNot: TESTS },
      to: { path: '^(apps|bench|e2e|scripts|tests)/' },
    },
    {
      name: 'no-dev-dependency',
      severity: 'error',
      comment: "A user's install does not have it: list it in dependencies or peerDependencies.",
      from: { path: '^packages/[^/]+/src/', pathNot: TESTS },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['npm', 'npm-peer'],
      },
    },
    {
      name: 'no-test-in-code',
      severity: 'error',
      from: { pathNot: TESTS },
      to: { path: TESTS },
    },
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolved',
      severity: 'error',
      comment: 'The import leads nowhere, so no other rule can judge it. Is everything built?',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-orphan',
      severity: 'error',
      comment: 'Nothing imports it and it imports nothing.',
      from: { orphan: true, path: '^packages/', pathNot: ['\\.d\\.ts$', '/index\\.ts$', ...TESTS] },
      to: {},
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    combinedDependencies: false,
    doNotFollow: { path: ['node_modules', '^packages/[^/]+/dist/'] },
    exclude: { path: ['/\\.next/', '/next-env\\.d\\.ts$'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.jsx', '.mjs', '.cjs', '.json', '.css'],
    },
  },
};
