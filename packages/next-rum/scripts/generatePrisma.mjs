// Renders prisma/schema.prisma for each provider, generates a client from each, bundles the migrations' SQL as a module
// and compiles all of it to dist/generated. Does nothing when its inputs are unchanged.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const PROVIDERS = ['sqlite', 'postgresql'];
const require = createRequire(import.meta.url);
const run = promisify(execFile);
const packageFolder = dirname(dirname(fileURLToPath(import.meta.url)));
const prismaFolder = join(packageFolder, '../../prisma');
const generated = join(packageFolder, 'generated');
const compiled = join(packageFolder, 'dist/generated');

const schema = await readFile(join(prismaFolder, 'schema.prisma'), 'utf8');
const migrations = await readMigrations();
const inputs = createHash('sha256')
  .update(JSON.stringify([schema, migrations, require('prisma/package.json').version]))
  .update(await readFile(fileURLToPath(import.meta.url)))
  .digest('hex');

if (await isUpToDate()) {
  process.stdout.write('Prisma clients are up to date.\n');
} else {
  await rm(generated, { recursive: true, force: true });
  await rm(compiled, { recursive: true, force: true });
  await mkdir(join(generated, 'schemas'), { recursive: true });
  await Promise.all(PROVIDERS.map(generateClient));
  await writeFile(
    join(generated, 'migrations.ts'),
    `export const MIGRATIONS = ${JSON.stringify(migrations, null, 2)};\n`,
  );
  await compile();
  await writeFile(join(generated, 'inputs.sha256'), inputs);
  process.stdout.write(`Prisma clients generated: ${PROVIDERS.join(', ')}.\n`);
}

async function isUpToDate() {
  const outputs = ['migrations.js', ...PROVIDERS.map((provider) => join(provider, 'client.js'))];
  if (!outputs.every((file) => existsSync(join(compiled, file)))) return false;
  const stamp = join(generated, 'inputs.sha256');
  return existsSync(stamp) && (await readFile(stamp, 'utf8')) === inputs;
}

async function readMigrations() {
  const byProvider = {};
  for (const provider of PROVIDERS) {
    const folder = join(prismaFolder, 'migrations', provider);
    const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
    byProvider[provider] = await Promise.all(
      files.map(async (file) => ({
        name: file.slice(0, -'.sql'.length),
        // A checkout with CRLF must not change the checksum.
        sql: (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n'),
      })),
    );
  }
  return byProvider;
}

async function generateClient(provider) {
  const file = join(generated, 'schemas', `${provider}.prisma`);
  const rendered = schema
    .replace(/(datasource db \{\s*provider\s*=\s*)"[^"]+"/, `$1"${provider}"`)
    .replace(/(output\s*=\s*)"[^"]+"/, `$1"../${provider}"`);
  await writeFile(file, rendered);
  await runNode(
    [join(dirname(require.resolve('prisma/package.json')), 'build/index.js'), 'generate', '--schema', file],
    {
      // Generating needs no schema engine, but Prisma downloads one unless it is told that there is one.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  );
}

async function compile() {
  const project = join(generated, 'tsconfig.json');
  const options = {
    target: 'es2022',
    module: 'nodenext',
    types: ['node'],
    strict: true,
    skipLibCheck: true,
    declaration: false,
    rootDir: '.',
    outDir: '../dist/generated',
  };
  await writeFile(project, `${JSON.stringify({ compilerOptions: options, include: ['.'] }, null, 2)}\n`);
  await runNode([join(dirname(require.resolve('typescript/package.json')), 'bin/tsc'), '-p', project]);
}

async function runNode(args, env = {}) {
  try {
    await run(process.execPath, args, { cwd: packageFolder, env: { ...process.env, ...env } });
  } catch (error) {
    throw new Error(`${args.join(' ')} failed:\n${error.stdout}${error.stderr}`, { cause: error });
  }
}
