// Serves the agent to pages without React: public/static.html loads it as /rum/script.js. What is off by default it loads
// from beside itself.
import { copyFile, mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const target = new URL('../public/rum/', import.meta.url);
await mkdir(target, { recursive: true });
for (const file of ['script.js', 'debug.js', 'offline.js']) {
  await copyFile(fileURLToPath(import.meta.resolve(`@rumkit/react-rum/${file}`)), new URL(file, target));
}
