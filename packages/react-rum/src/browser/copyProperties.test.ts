import { expect, test } from 'vitest';
import { copyProperties } from './copyProperties.js';

test('what JSON carries is carried, the rest as JSON would', () => {
  const given = {
    text: 'a',
    number: 1.5,
    yes: true,
    none: null,
    list: [1, 'b', { c: null }],
    when: new Date(0),
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
    notANumber: null,
  });
});

test('what contains itself, or throws when it is read, is refused', () => {
  const cycle: { self?: object } = {};
  cycle.self = cycle;
  expect(() => copyProperties(cycle)).toThrow(TypeError);
  const toJSON = (): never => {
    throw new RangeError('no');
  };
  expect(() => copyProperties({ toJSON })).toThrow(RangeError);
  expect(() => copyProperties({ id: 10n })).toThrow(TypeError);
});

test('nothing is given, nothing is copied', () => {
  expect(copyProperties(undefined)).toBeUndefined();
});
