import { expect, test } from 'vitest';
import { LIMITS, type Properties, type PropertyValue } from '../protocol/index.js';
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

test('texts are cut', () => {
  const { long } = copyProperties({ long: 'x'.repeat(5000) });
  expect(long).toBe('x'.repeat(LIMITS.text));
});

test('what lies deeper than the protocol carries is left out', () => {
  let given: Properties = { depth: 12 };
  for (let depth = 11; depth > 0; depth--) given = { depth, inner: given };
  let level: PropertyValue | undefined = copyProperties(given);
  let depth = 0;
  while (typeof level === 'object' && level !== null && 'inner' in level) {
    level = level.inner;
    depth += 1;
  }
  expect(depth).toBe(LIMITS.depth);
  expect(level).toEqual({});
});

test('beyond the most values nothing is added, lists and maps counted too', () => {
  const { list, text } = copyProperties({ list: Array.from({ length: 5000 }, () => ({})), text: 'a' });
  expect(list).toEqual(Array.from({ length: LIMITS.propertyValues - 2 }, () => ({})));
  expect(text).toBeUndefined();
  const map = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`key ${index}`, index]));
  expect(Object.keys(copyProperties(map))).toHaveLength(LIMITS.propertyValues - 1);
});

test('what contains itself, or throws when it is read, is refused', () => {
  const cycle: { self?: object } = {};
  cycle.self = cycle;
  expect(() => copyProperties(cycle)).toThrow(TypeError);
  const toJSON = (): never => {
    throw new RangeError('no');
  };
  expect(() => copyProperties({ toJSON })).toThrow(RangeError);
});

test('nothing is given, nothing is copied', () => {
  expect(copyProperties(undefined)).toBeUndefined();
});
