import { expect, test } from 'vitest';
import { createMemory } from './memory.js';

test('what was used last stays, as far as there is room', () => {
  const memory = createMemory<string>(10, (value) => value.length);
  memory.set('a', 'aaaa');
  memory.set('b', 'bbbb');
  memory.get('a');
  memory.set('c', 'cccc');

  expect(['a', 'b', 'c'].map((key) => memory.get(key))).toEqual(['aaaa', undefined, 'cccc']);
});

test('a value in the place of another gives its room back', () => {
  const memory = createMemory<string>(10, (value) => value.length);
  memory.set('a', 'aaaa');
  for (let round = 0; round < 9; round += 1) memory.set('b', 'bbbb');

  expect(memory.get('a')).toBe('aaaa');
});

test('what would take most of the room is not kept, nor what it was to replace', () => {
  const memory = createMemory<string>(10, (value) => value.length);
  memory.set('a', 'aaaa');
  memory.set('b', 'b');
  memory.set('a', 'a'.repeat(6));

  expect(memory.get('a')).toBeUndefined();
  expect(memory.get('b')).toBe('b');
});
