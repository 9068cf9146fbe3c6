import { expect, test } from 'vitest';
import { createReadingSlots } from './readingSlots.js';

const FEW = { all: 6, perAddress: 2, many: 3 };

test('an address has its share, a /64 of IPv6 addresses too, and what it gives back it has again', () => {
  const slots = createReadingSlots(FEW);
  const [first] = [slots.take('198.51.100.1'), slots.take('198.51.100.1')];
  expect(slots.take('198.51.100.1')).toBeNull();
  expect([slots.take('2001:db8::1'), slots.take('2001:db8::2')]).not.toContain(null);
  expect(slots.take('2001:db8::3')).toBeNull();
  first?.();
  expect(slots.take('198.51.100.1')).not.toBeNull();
  expect(slots.take('198.51.100.1')).toBeNull();
});

test('those who cannot be told apart have more, and leave room for the others', () => {
  const slots = createReadingSlots(FEW);
  expect([slots.take(''), slots.take('127.0.0.1'), slots.take('10.0.0.1')]).not.toContain(null);
  expect([slots.take(''), slots.take('192.168.0.1')]).toEqual([null, null]);
  expect(slots.take('198.51.100.1')).not.toBeNull();
});

test('texts that are no addresses share the room of one', () => {
  const slots = createReadingSlots(FEW);
  expect([slots.take('unknown'), slots.take('6.6.6.666')]).not.toContain(null);
  expect(slots.take('another')).toBeNull();
});

test('all together have no more than there is', () => {
  const slots = createReadingSlots(FEW);
  const taken = Array.from({ length: 7 }, (_, n) => slots.take(`198.51.100.${n}`));
  expect(taken.map((slot) => slot !== null)).toEqual([true, true, true, true, true, true, false]);
});
