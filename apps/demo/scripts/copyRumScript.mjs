// Serves the agent to pages without React: public/static.html loads it as /rum/script.js.
import { copyFile, mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const target = new URL('../public/rum/', import.meta.url);
await mkdir(target, { recursive: true });
await copyFile(
  fileURLToPath(import.meta.resolve('@rumkit/react-rum/script.js')),
  new URL('script.js', target),
);
