import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { step } from './lib/progress.mjs';
import { build, checkNode, install, ROOT, toolEnvironment } from './lib/setup.mjs';

const [wanted, ...options] = process.argv.slice(2);
const names = (await readdir(join(ROOT, 'bench')))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));

if (!names.includes(wanted)) {
  const problem = wanted ? `There is no bench ${wanted}. ` : '';
  console.error(`${problem}npm run bench -- <name> [options], where <name> is one of: ${names.join(', ')}`);
  process.exitCode = 2;
} else {
  process.exitCode = await bench(`${wanted.replace(/-(.)/g, (_, letter) => letter.toUpperCase())}.ts`);
}

async function bench(file) {
  checkNode();
  await step('install', () => install());
  await step('build', () => build());
  const child = spawn(process.execPath, ['--import', 'tsx', join('bench', file), ...options], {
    cwd: ROOT,
    env: toolEnvironment(process.env),
    stdio: 'inherit',
  });
  const [code] = await once(child, 'close');
  return code ?? 1;
}
