import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { type RumClientOptions, withRum } from './withRum.js';

beforeEach(() => {
  for (const name of [
    'VERCEL_GIT_COMMIT_SHA',
    'GITHUB_SHA',
    'CI_COMMIT_SHA',
    'COMMIT_REF',
    'CF_PAGES_COMMIT_SHA',
  ]) {
    vi.stubEnv(name, undefined);
  }
});

function clientOptions(config: ReturnType<typeof withRum>): unknown {
  return JSON.parse(config.env?.RUM_CLIENT_OPTIONS ?? 'null');
}

test('starts the agent, keeps database drivers out of the bundle and passes the trace on', () => {
  const config = withRum();
  expect(config.instrumentationClientInject).toEqual(['@rumkit/next-rum/client']);
  expect(config.serverExternalPackages).toEqual(
    expect.arrayContaining(['libsql', '@rumkit/next-rum/thread', '@rumkit/next-rum/dist/thread']),
  );
  expect(config.experimental?.clientTraceMetadata).toEqual(['traceparent']);
  expect(clientOptions(config)).toEqual({ endpoint: '/api/rum', ignore: ['/admin/rum', '/*/admin/rum'] });
});

test('keeps what the config had', () => {
  const config = withRum({
    reactStrictMode: true,
    env: { SHOP: 'lamps' },
    instrumentationClientInject: ['other-tool'],
    serverExternalPackages: ['sharp', 'pg'],
    experimental: { clientTraceMetadata: ['traceparent', 'baggage'], typedEnv: true },
  });
  expect(config).toMatchObject({
    reactStrictMode: true,
    env: { SHOP: 'lamps' },
    instrumentationClientInject: ['other-tool', '@rumkit/next-rum/client'],
    experimental: { clientTraceMetadata: ['traceparent', 'baggage'], typedEnv: true },
  });
  expect(config.serverExternalPackages?.filter((name) => name === 'pg')).toHaveLength(1);
  expect(config.serverExternalPackages).toContain('sharp');
});

test('takes the release from the build machine unless one is given', () => {
  vi.stubEnv('GITHUB_SHA', 'abc123');
  expect(clientOptions(withRum())).toMatchObject({ release: 'abc123' });
  expect(clientOptions(withRum({}, { release: '1.4.2' }))).toMatchObject({ release: '1.4.2' });
});

test('writes the paths as the browser finds them: below the base path, with the slash that Next redirects to', () => {
  const config = withRum({ basePath: '/shop', trailingSlash: true });
  expect(clientOptions(config)).toEqual({
    endpoint: '/shop/api/rum/',
    ignore: ['/shop/admin/rum', '/shop/*/admin/rum'],
  });
  expect(config.env).toMatchObject({ RUM_BASE_PATH: '/shop', RUM_TRAILING_SLASH: 'true' });

  const spelledOut = { endpoint: '/shop/metrics', ignore: ['/shop/internal'] };
  expect(clientOptions(withRum({ basePath: '/shop' }, spelledOut))).toEqual(spelledOut);

  const elsewhere = { endpoint: 'https://metrics.example/api/rum' };
  expect(clientOptions(withRum({ basePath: '/shop', trailingSlash: true }, elsewhere))).toMatchObject(
    elsewhere,
  );
});

test('the admin is left out, or measured as an app of its own', () => {
  const apps = { '/admin/rum': 'shop-admin', '/docs': 'docs' };
  expect(clientOptions(withRum({}, { apps }))).toEqual({ endpoint: '/api/rum', ignore: [], apps });
  expect(clientOptions(withRum({ basePath: '/shop' }, { apps }))).toMatchObject({
    apps: { '/shop/admin/rum': 'shop-admin', '/shop/docs': 'docs' },
  });
  expect(clientOptions(withRum({}, { apps: { '/docs': 'docs' } }))).toMatchObject({
    ignore: ['/admin/rum', '/*/admin/rum'],
  });
});

test('an option that is undefined counts as not given', () => {
  vi.stubEnv('GITHUB_SHA', 'abc123');
  expect(clientOptions(withRum({}, { release: undefined, endpoint: undefined, ignore: undefined }))).toEqual({
    endpoint: '/api/rum',
    ignore: ['/admin/rum', '/*/admin/rum'],
    release: 'abc123',
  });
});

test.each([
  [{ app: 'my shop' }, 'app', 'string', 'letters'],
  [{ apps: { '/docs': 'the docs' } }, 'apps', 'object', '{ "/docs": "docs" }'],
  [{ apps: { docs: 'docs' } }, 'apps', 'object', '{ "/docs": "docs" }'],
  [{ endpoint: 'api/rum' }, 'endpoint', 'string', '/api/rum'],
  [{ ignore: '/admin' }, 'ignore', 'string', '["/admin/rum"]'],
  [{ release: '' }, 'release', 'string', '1.4.2'],
  [{ environment: 3 }, 'environment', 'number', 'production'],
  [{ privacy: 'none' }, 'privacy', 'string', '"strict"'],
  [{ consent: true }, 'consent', 'boolean', '"pending"'],
  [{ sampleRate: 25 }, 'sampleRate', 'number', '0 to 1'],
  [{ sampleRate: Number.NaN }, 'sampleRate', 'number', '0 to 1'],
  [{ keepTroubled: 1 }, 'keepTroubled', 'number', 'true or false'],
  [{ maxPerMinute: 0 }, 'maxPerMinute', 'number', '1 to 1000000'],
  [{ maxPerMinute: 2.5 }, 'maxPerMinute', 'number', '1 to 1000000'],
  [{ flushInterval: 5 }, 'flushInterval', 'number', 'milliseconds'],
  [{ errors: 'no' }, 'errors', 'string', 'true or false'],
  [{ actions: null }, 'actions', 'null', 'true or false'],
  [{ actionText: 'yes' }, 'actionText', 'string', 'true or false'],
  [{ resources: [] }, 'resources', 'array', 'true or false'],
  [{ maxResources: -1 }, 'maxResources', 'number', '0 to 10000'],
  [{ resourceSampleRate: '0.5' }, 'resourceSampleRate', 'string', '0 to 1'],
  [{ urlTemplates: ['shop/*'] }, 'urlTemplates', 'array', '["/shop/*/item/*"]'],
  [{ urlTemplates: ['/shop/*?page=1'] }, 'urlTemplates', 'array', 'without query'],
  [{ longTasks: {} }, 'longTasks', 'object', 'true or false'],
  [{ userTiming: 0 }, 'userTiming', 'number', 'true or false'],
  [{ tracing: 'yes' }, 'tracing', 'string', 'true, false or'],
  [{ tracing: ['https://api.shop.example/v1'] }, 'tracing', 'array', 'path'],
  [{ tracing: ['https://api.shop.example/'] }, 'tracing', 'array', 'slash at the end'],
  [{ tracing: ['https://*.shop.example'] }, 'tracing', 'array', 'wildcard'],
  [{ tracing: ['*'] }, 'tracing', 'array', 'wildcard'],
  [{ tracing: ['api.shop.example'] }, 'tracing', 'array', '"https://api.shop.example"'],
  [{ offline: 'yes' }, 'offline', 'string', 'true or false'],
  [{ debug: 'yes' }, 'debug', 'string', 'true or false'],
  [{ endpoint: () => '/api/rum' }, 'endpoint', 'a function', '/api/rum'],
])('refuses %j, naming the field, its type and the mend', (options, field, type, mend) => {
  const build = () => withRum({}, options as RumClientOptions);
  expect(build).toThrow(TypeError);
  expect(build).toThrow(`"${field}"`);
  expect(build).toThrow(type);
  expect(build).toThrow(mend);
});

test('passes every option on as it was given', () => {
  const options: Required<RumClientOptions> = {
    app: 'shop',
    apps: { '/docs': 'docs' },
    endpoint: '/api/metrics',
    key: 'a-write-key-of-the-shop',
    ignore: ['/internal'],
    release: '1.4.2',
    environment: 'staging',
    privacy: 'consent',
    consent: 'pending',
    sampleRate: 0.25,
    keepTroubled: false,
    maxPerMinute: 600,
    flushInterval: 5000,
    errors: false,
    actions: true,
    actionText: true,
    resources: true,
    maxResources: 0,
    resourceSampleRate: 1,
    urlTemplates: ['/shop/*/item/*', 'https://api.shop.example/v1/*'],
    longTasks: true,
    userTiming: false,
    tracing: ['https://api.shop.example', 'http://localhost:4000'],
    offline: true,
    debug: false,
  };
  expect(clientOptions(withRum({}, options))).toEqual(options);
});

test.each(['beforeSend', 'onFrustration'])('says where %s goes, which is a function', (hook) => {
  const build = () => withRum({}, { [hook]: () => null } as RumClientOptions);
  expect(build).toThrow(TypeError);
  expect(build).toThrow(`configureRum({ ${hook} })`);
  expect(build).toThrow('instrumentation-client.ts');
});

test('refuses a config function, which it cannot wrap', () => {
  expect(() => withRum((() => ({})) as never)).toThrow('wrap what it returns');
});

test('points to defineRum for an option of the server', () => {
  const options = { database: 'file:./rum.db' } as RumClientOptions;
  expect(() => withRum({}, options)).toThrow(/"database".*defineRum\(\)/);
});

test('says which file to create where Next cannot inject, until it is there', async () => {
  const project = await mkdtemp(join(tmpdir(), 'with-rum-'));
  try {
    await mkdir(join(project, 'node_modules/next'), { recursive: true });
    await writeFile(join(project, 'node_modules/next/package.json'), '{"version":"16.2.9"}');
    vi.spyOn(process, 'cwd').mockReturnValue(project);
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);

    expect(withRum()).not.toHaveProperty('instrumentationClientInject');
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('instrumentation-client.ts'));

    await writeFile(join(project, 'instrumentation-client.ts'), "export * from '@rumkit/next-rum/client';");
    withRum();
    expect(warn).toHaveBeenCalledOnce();
  } finally {
    await rm(project, { recursive: true });
  }
});
