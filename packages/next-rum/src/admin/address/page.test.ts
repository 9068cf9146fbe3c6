import { expect, test } from 'vitest';
import { hasPage, type Page, readPage, writePage } from './page.js';

test.each<[string, Page]>([
  ['', { name: 'overview' }],
  ['/vitals/lcp', { name: 'vitals', metric: 'lcp' }],
  ['/vitals/cls', { name: 'vitals', metric: 'cls' }],
  ['/pages', { name: 'pages' }],
  ['/pages/%2Fproduct%2F%5Bid%5D', { name: 'route', route: '/product/[id]' }],
  ['/errors', { name: 'errors' }],
  ['/errors/0123456789abcdef', { name: 'error', fingerprint: '0123456789abcdef' }],
  ['/live', { name: 'live' }],
  ['/health', { name: 'health' }],
])('%j leads to its page and back', (path, page) => {
  expect(readPage(path)).toEqual(page);
  expect(writePage(page)).toBe(path);
});

test.each(['/', '/vitals', '/vitals/', '/pages/', '/live/'])(
  '%j is the page without the slash too',
  (path) => {
    expect(readPage(path).name).not.toBe('unknown');
  },
);

test.each([
  '/nowhere',
  '/errors/TypeError',
  '/errors/0123456789abcdef/more',
  '/vitals/speed',
  '/vitals/lcp/more',
  '/live/now',
  '/pages/%E0%A4%A',
])('%j is no page', (path) => {
  expect(readPage(path)).toEqual({ name: 'unknown', path });
});

test.each(['/', '/a/../b', '//', '/ü?#%', '/<script>', '/\u202Etxt', '=cmd', '(other)', '/🙂'])(
  'the route %j comes back as it was',
  (route) => {
    const { pathname } = new URL(`/admin/rum${writePage({ name: 'route', route })}`, 'http://app');
    expect(readPage(pathname.slice('/admin/rum'.length))).toEqual({ name: 'route', route });
    expect(hasPage(route)).toBe(true);
  },
);

test('a route is understood too where a proxy decoded or merged its slashes', () => {
  expect(readPage('/pages//product/[id]')).toEqual({ name: 'route', route: '/product/[id]' });
  expect(readPage('/pages/product/[id]')).toEqual({ name: 'route', route: '/product/[id]' });
});

test('what a path cannot carry has no page of its own', () => {
  for (const route of ['', '.', '..', '/\uD83D']) expect(hasPage(route)).toBe(false);
});
