import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'esbuild';

/** What is done on the page. */
export const PHASES = ['boot', 'click', 'fetch', 'navigation'] as const;
export type Phase = (typeof PHASES)[number];

export interface Agent {
  readonly name: string;
  /** Of an npm package; null: this repository's. */
  readonly npm: string | null;
  /** What shows in the data sent that it recorded a phase; null: on this page it records nothing of it. */
  readonly proof: Readonly<Record<Phase, RegExp | null>>;
  /** It traces but is no full agent: it records no vitals, errors or views. Shown, and not compared with. */
  readonly isPartial?: boolean;
}

export interface BundledAgent extends Agent {
  readonly version: string;
  readonly script: Uint8Array;
  /** Bytes. */
  readonly gzip: number;
}

export const OURS: Agent = {
  name: 'ours',
  npm: null,
  proof: {
    boot: /"fcp"/,
    click: /"type":"action"/,
    fetch: /"initiator":"fetch"/,
    navigation: /"navigationType":"client"/,
  },
};

/** Agents that a team would install for the same job, each started as its documentation says (`peers/*.ts`). */
export const PEERS: readonly Agent[] = [
  {
    name: 'datadog',
    npm: '@datadog/browser-rum',
    proof: {
      boot: /"type":"view"/,
      click: /"type":"click"/,
      fetch: /"type":"fetch"/,
      navigation: /"loading_type":"route_change"/,
    },
  },
  {
    name: 'sentry',
    npm: '@sentry/browser',
    // It keeps clicks for the next error to come.
    proof: { boot: /"value":"pageload"/, click: null, fetch: /"http\.client"/, navigation: /"navigation"/ },
  },
  {
    name: 'faro',
    npm: '@grafana/faro-web-sdk',
    proof: {
      boot: /faro\.performance\.navigation/,
      click: /faro\.user\.action/,
      fetch: /faro\.performance\.resource/,
      navigation: /faro\.navigation/,
    },
  },
  {
    name: 'elastic',
    npm: '@elastic/apm-rum',
    // It throws a click away that caused no request.
    proof: {
      boot: /"page-load"/,
      click: null,
      fetch: /"http-request"/,
      navigation: /"route-change"/,
    },
  },
  {
    name: 'openTelemetry',
    npm: '@opentelemetry/browser-instrumentation',
    proof: {
      boot: /navigation_timing/,
      click: /user_action/,
      fetch: /\/api\/articles/,
      navigation: /browser\.navigation/,
    },
  },
  {
    name: 'openTelemetryTraces',
    npm: '@opentelemetry/sdk-trace-web',
    isPartial: true,
    // Without Zone.js it only names the click after the page it led to.
    proof: {
      boot: /documentLoad/,
      click: /"stringValue":"click"/,
      fetch: /\/api\/articles/,
      navigation: null,
    },
  },
  {
    name: 'posthog',
    npm: 'posthog-js',
    // Requests are part of its replay.
    proof: { boot: /\$web_vitals/, click: /\$autocapture/, fetch: null, navigation: /\$pageview/ },
  },
];

const BROWSER_FOLDER = fileURLToPath(new URL('../../packages/react-rum/src/browser/', import.meta.url));
const PEERS_FOLDER = fileURLToPath(new URL('../peers/', import.meta.url));

/** Bundles an agent as an application's bundler would: minified, ES2020, what is imported on demand left apart. */
export async function bundleAgent(agent: Agent): Promise<BundledAgent> {
  const { outputFiles } = await build({
    ...(agent.npm
      ? { entryPoints: [`${PEERS_FOLDER}${agent.name}.ts`] }
      : {
          stdin: {
            contents: `import { startRum } from './index.js'; startRum({ endpoint: '/sink/ours' });`,
            resolveDir: BROWSER_FOLDER,
            loader: 'ts',
          },
        }),
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2020',
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    plugins: [onDemand],
    write: false,
  });
  const script = outputFiles[0]?.contents ?? new Uint8Array();
  return { ...agent, version: await version(agent), script, gzip: gzipSync(script, { level: 9 }).length };
}

/** Datadog imports its replay and profiler, both off here, only where they are on. */
const onDemand: Plugin = {
  name: 'on-demand',
  setup(bundler) {
    bundler.onResolve({ filter: /^/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    );
  },
};

async function version({ npm }: Agent): Promise<string> {
  const folder = npm ? `${PEERS_FOLDER}node_modules/${npm}` : `${BROWSER_FOLDER}../..`;
  const parsed: unknown = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
  return String((parsed as { version: unknown }).version);
}
