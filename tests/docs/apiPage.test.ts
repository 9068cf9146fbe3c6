import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { NAMED_DIMENSIONS } from '../../packages/next-rum/src/store/filters.js';

const read = (file: string): string => readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8');
const page = read('api.md');
const { paths } = JSON.parse(read('openapi.json')) as { readonly paths: { readonly [path: string]: object } };

/** First cells of the rows of tables, and of each path in them what comes before its question. */
const told = page
  .split('\n')
  .filter((line) => line.startsWith('| `/'))
  .flatMap((line) => [...(line.split(' | ')[0] ?? '').matchAll(/`(\/[^`?]*)/g)].map(([, path]) => path));

test('docs/api.md has each route that is asked with GET in a table, and none that is not there', () => {
  // Those of a share link, which are told of apart; and the document itself is not in the document.
  const asked = Object.keys(paths).filter((path) => 'get' in (paths[path] ?? {}) && !/\/shared/.test(path));
  expect([...told].sort()).toEqual([...asked, '/admin/openapi.json'].sort());
});

test.each(Object.keys(paths))('docs/api.md tells of %s', (path) => {
  expect(page).toContain(path);
});

test.each(NAMED_DIMENSIONS)('docs/api.md names the dimension %s', (dimension) => {
  expect(page).toContain(`\`${dimension}\``);
});
