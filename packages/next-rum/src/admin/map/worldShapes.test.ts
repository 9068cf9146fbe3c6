import { expect, test } from 'vitest';
import { drawWorld } from '../../testing/drawWorld.js';
import { WORLD_SHAPES } from './worldShapes.js';

test('the outlines are what the source says (npm run world -w @rumkit/next-rum)', () => {
  expect(WORLD_SHAPES).toEqual(drawWorld());
});

test('countries are found by the codes that views have', () => {
  const codes = new Set(WORLD_SHAPES.map(([country]) => country));
  for (const country of ['AT', 'BR', 'DE', 'FR', 'GB', 'IN', 'JP', 'NO', 'PT', 'US', 'ZA'])
    expect(codes).toContain(country);
});
