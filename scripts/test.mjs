import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { carriedBinary } from './lib/carriedBinary.mjs';
import { step } from './lib/progress.mjs';
import { build, checkNode, install } from './lib/setup.mjs';

const USAGE = `npm test [-- [--node 22] [part …]]

Installs and builds what is needed, then runs every part, or only the named ones.
--node N does it under another Node.js, fetched from npm into .cache/.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { node: { type: 'string' }, help: { type: 'boolean' } },
});
if (values.help) console.log(USAGE);
else process.exitCode = values.node ? await testUnder(values.node, positionals) : await test(positionals);

/** @returns {Promise<number>} Exit code. */
async function test(wanted) {
  const started = performance.now();
  const total = { passed: 0, failed: 0 };
  const attempt = async (title, work) => {
    const result = await step(title, work, ({ passed, failed }) => ({
      ok: failed === 0,
      note: passed + failed > 1 ? `${passed} passed, ${failed} failed` : undefined,
    })).catch((error) => ({ passed: 0, failed: 1, details: error.message }));
    if (result.failed > 0) console.log(`\n${result.details.trim()}\n`);
    total.passed += result.passed;
    total.failed += result.failed;
    return result.failed === 0;
  };

  const installed = await attempt(`install on Node.js ${process.versions.node}`, async (log) => {
    checkNode();
    if (!(await install())) log('node_modules is up to date');
    return { passed: 1, failed: 0 };
  });
  if (installed) {
    // Only now: what it imports has just been installed.
    const { PARTS } = await import('./lib/testParts.mjs');
    const unknown = wanted.filter((name) => !PARTS.some((part) => part.name === name));
    if (unknown.length > 0) {
      console.error(
        `No such part: ${unknown.join(', ')}. Parts: ${PARTS.map(({ name }) => name).join(', ')}`,
      );
      return 2;
    }
    const built = await attempt('build', async () => {
      await build();
      return { passed: 1, failed: 0 };
    });
    for (const part of PARTS) {
      if (wanted.length > 0 && !wanted.includes(part.name)) continue;
      await attempt(
        `${part.name}: ${part.title}`,
        built ? part.run : () => Promise.reject(new Error('Not run, because the build failed.')),
      );
    }
  }
  console.log(`${((performance.now() - started) / 60_000).toFixed(1)} minutes`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

/** Runs this program again under another Node.js. */
async function testUnder(version, wanted) {
  const folder = await carriedBinary(`node-${process.platform}-${process.arch}`, version, console.log);
  const bin = join(folder, 'bin');
  const child = spawn(join(bin, 'node'), [fileURLToPath(import.meta.url), ...wanted], {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
  });
  const [code] = await once(child, 'close');
  return code ?? 1;
}
