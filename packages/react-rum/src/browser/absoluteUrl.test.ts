// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { absoluteUrl } from './absoluteUrl.js';

test('an address is named as the browser names it in its timing', () => {
  expect(absoluteUrl('/a?b=1#c')).toBe(`${location.origin}/a?b=1`);
  expect(absoluteUrl(new URL('https://api.example/#x'))).toBe('https://api.example/');
  expect(() => absoluteUrl('http://')).toThrow(TypeError);
});
