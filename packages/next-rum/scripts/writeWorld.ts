// Writes src/admin/map/worldShapes.ts.
import { writeFileSync } from 'node:fs';
import { drawWorld } from '../src/testing/drawWorld.js';

const file = new URL('../src/admin/map/worldShapes.ts', import.meta.url);
const rows = drawWorld().map(([country, path]) => `  ['${country}', '${path}'],`);
writeFileSync(
  file,
  `/**
 * The countries of the world in outline, by their ISO 3166-1 code, empty for those that have none, on a drawing of 960 by 470: Natural
 * Earth at 1:110 million (public domain, https://www.naturalearthdata.com/), in its own projection. Written by
 * scripts/writeWorld.ts.
 */
export const WORLD_SHAPES: readonly (readonly [country: string, path: string])[] = [
${rows.join('\n')}
];
`,
);
