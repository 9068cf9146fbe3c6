// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest';
import { createInp, type Inp } from './inp.js';

let interactionCount: number | undefined;
let inp: Inp;

beforeEach(() => {
  interactionCount = 0;
  vi.stubGlobal('performance', {
    get interactionCount() {
      return interactionCount;
    },
  });
  inp = createInp();
});

/** An event of an interaction. */
function add(interactionId: number, duration: number, rest: object = {}): void {
  const event = { name: 'click', interactionId, startTime: interactionId * 1000, duration, ...rest };
  inp.add(event as PerformanceEventTiming);
}
const value = () => inp.longest()?.duration;

test('is the longest interaction; without any there is none', () => {
  expect(inp.longest()).toBeUndefined();
  for (const [index, duration] of [80, 64, 120, 120, 96].entries()) add(index + 1, duration);
  expect(inp.longest()).toMatchObject({ id: 3, duration: 120 });
});

test('an interaction takes as long as the longest of its events, and is explained by those that took as long', () => {
  add(1, 64, { name: 'pointerdown', startTime: 10 });
  expect(value()).toBe(64);
  add(1, 96, { name: 'pointerup', startTime: 40 });
  add(1, 96, { name: 'click', startTime: 40 });
  add(1, 96, { name: 'pointerout', startTime: 30 });
  add(1, 40, { name: 'focus', startTime: 40 });
  expect(value()).toBe(96);
  expect(inp.longest()?.entries.map(({ name }) => name)).toEqual(['pointerup', 'click']);
});

test('an event that is part of no interaction is none, but is among the last that took long', () => {
  add(0, 500, { name: 'mouseover' });
  expect(inp.longest()).toBeUndefined();
  add(1, 48);
  expect(inp.recent).toMatchObject([{ name: 'mouseover' }, { name: 'click' }]);
});

test('of the last that took long no more than twenty are kept', () => {
  for (let id = 1; id <= 30; id++) add(id, 48);
  expect(inp.recent.map(({ interactionId }) => interactionId)).toEqual(
    Array.from({ length: 20 }, (_, index) => 11 + index),
  );
});

test('of fifty interactions, most of which were too short to be seen, one is left out', () => {
  add(1, 200);
  add(2, 120);
  interactionCount = 49;
  expect(value()).toBe(200);
  interactionCount = 50;
  expect(value()).toBe(120);
});

test('where the browser does not count them, their ids do', () => {
  interactionCount = undefined;
  add(7, 200);
  add(14, 120);
  expect(value()).toBe(200);
  add(7 * 50, 80);
  expect(value()).toBe(120);
});

test('no more than the ten longest are kept', () => {
  for (let id = 1; id <= 30; id++) add(id, 40 + 8 * id);
  interactionCount = 10_000;
  // Of thirty the tenth longest.
  expect(value()).toBe(40 + 8 * 21);
});

test('a navigation begins with none, and those before it count no more', () => {
  interactionCount = 60;
  add(1, 90);
  inp.begin();
  expect(inp.longest()).toBeUndefined();
  add(2, 64);
  add(3, 56);
  interactionCount = 109;
  expect(value()).toBe(64);
  interactionCount = 110;
  expect(value()).toBe(56);
});
