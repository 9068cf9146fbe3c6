// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { createUrlTemplates } from './urlTemplates.js';

test.each([
  [`${location.origin}/api/user/123?tab=1#top`, '/api/user/:id'],
  [
    'https://api.example/v2/orders/0193e8c0-7b1a-7c3e-9d1f-6b1f0e5f8a2c/items',
    'https://api.example/v2/orders/:id/items',
  ],
  ['https://api.example/objects/507f1f77bcf86cd799439011', 'https://api.example/objects/:id'],
  ['https://api.example/t/eyJhbGciOiJIUzI1NiJ9_abcdef', 'https://api.example/t/:id'],
  ['https://cdn.example/assets/app.3f9a2b.js', 'https://cdn.example/assets/app.3f9a2b.js'],
  ['https://api.example:8443/2024/report', 'https://api.example:8443/:id/report'],
  [`${location.origin}/`, '/'],
  ['https://api.example', 'https://api.example'],
  [`${location.origin}0/a`, `${location.origin}0/a`],
  ['data:image/png;base64,AAAA', 'data:image/png;base64'],
  [`${location.origin}/blog/how-to-choose-the-right-lamp`, '/blog/how-to-choose-the-right-lamp'],
])('%s is named %s', (url, name) => {
  expect(createUrlTemplates([])(url)).toBe(name);
});

test("the application's templates come first, the first that fits", () => {
  const nameOf = createUrlTemplates(['/shop/*/item/*', '/shop/*', 'https://api.example/*/cart', '/a+b/(c)']);
  expect(nameOf(`${location.origin}/shop/lamps/item/red?x=1`)).toBe('/shop/*/item/*');
  expect(nameOf(`${location.origin}/shop/lamps`)).toBe('/shop/*');
  expect(nameOf(`${location.origin}/shop/lamps/42`)).toBe('/shop/lamps/:id');
  expect(nameOf('https://api.example/v2/cart')).toBe('https://api.example/*/cart');
  expect(nameOf('https://api.example/v2/carts')).toBe('https://api.example/v2/carts');
  expect(nameOf(`${location.origin}/a+b/(c)`)).toBe('/a+b/(c)');
});

test('an address of any length is named at once', () => {
  const nameOf = createUrlTemplates(['/*/*/*/*/*/*/*/*/x']);
  const long = `${location.origin}/${'a1/'.repeat(20_000)}${'9'.repeat(100_000)}!`;
  expect(nameOf(long)).toHaveLength(long.length - location.origin.length);
});
