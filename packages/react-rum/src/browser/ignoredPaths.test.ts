import { expect, test } from 'vitest';
import { ignoredPaths } from './ignoredPaths.js';

test.each([
  ['/admin', '/admin', true],
  ['/admin', '/admin/users', true],
  ['/admin/', '/admin', true],
  ['/admin', '/administer', false],
  ['/admin/rum', '/admin', false],
  ['/*/admin', '/de/admin/rum', true],
  ['/*/admin', '/admin', false],
  ['/shop/*', '/shop', true],
  ['/shop/*', '/shop/1', true],
  ['/', '/anything', true],
])('%s covers %s: %s', (prefix, path, covers) => {
  expect(ignoredPaths([prefix])(path)).toBe(covers);
});

test('without prefixes nothing is ignored', () => {
  expect(ignoredPaths()('/admin')).toBe(false);
});
