import { expect, test } from 'vitest';
import { LIMITS, type PropertyValue } from '../protocol/index.js';
import { copyProperties } from './copyProperties.js';

test('what JSON carries is carried, the rest as JSON would', () => {
  const given = {
    text: 'a',
    number: 1.5,
    yes: true,
    none: null,
    list: [1, 'b', { c: null }],
    when: new Date(0),
    huge: 10n,
    notANumber: Number.NaN,
    left: undefined,
    out: () => {},
    too: Symbol('x'),
  };
  expect(copyProperties(given)).toEqual({
    text: 'a',
    number: 1.5,
    yes: true,
    none: null,
    list: [1, 'b', { c: null }],
    when: '1970-01-01T00:00:00.000Z',
    huge: '10',
    notANumber: null,
  });
});

test('texts are cut without halving a character', () => {
  const { long, emoji } = copyProperties({
    long: 'x'.repeat(5000),
    emoji: `${'x'.repeat(LIMITS.text - 1)}😀`,
  });
  expect(long).toHaveLength(LIMITS.text);
  expect(emoji).toBe('x'.repeat(LIMITS.text - 1));
});

test('cycles end where nesting does', () => {
  const cycle: { self?: object; name: string } = { name: 'loop' };
  cycle.self = cycle;
  let depth = 0;
  let level: PropertyValue | undefined = copyProperties(cycle);
  while (typeof level === 'object' && level !== null && 'self' in level) {
    level = level.self;
    depth += 1;
  }
  expect(depth).toBe(LIMITS.depth);
});

test('beyond the most values nothing is added, lists and maps counted too', () => {
  const { many } = copyProperties({ many: Array.from({ length: 5000 }, () => []) });
  expect(many).toHaveLength(LIMITS.propertyValues - 1);
});
