import { expect, test } from 'vitest';
import { NOON } from '../testing/rumServer.js';
import { serverClock } from './serverClock.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const YEARS = 3650 * DAY;

test.each([
  ['a clock that is right', 0, NOON - 500, NOON - 500, null],
  ['a clock within two minutes', 2 * MINUTE, NOON - 500 - 2 * MINUTE, NOON - 500 - 2 * MINUTE, null],
  ['a clock an hour slow', 60 * MINUTE, NOON - 60 * MINUTE - 500, NOON - 500, 'corrected'],
  ['a clock ten years slow', YEARS, NOON - YEARS - 500, NOON - 500, 'corrected'],
  ['a clock ten years fast', -YEARS, NOON + YEARS - 500, NOON - 500, 'corrected'],
  ['an event from just now', 0, NOON + 5000, NOON, null],
  ['an event from the future', 0, NOON + 3 * MINUTE, NOON, 'clamped'],
  ['an event older than a week', 0, NOON - 8 * DAY, NOON - 7 * DAY, 'clamped'],
  ['an event of a slow clock, older than a week', DAY, NOON - 9 * DAY, NOON - 7 * DAY, 'clamped'],
  ['part of a millisecond', 0, NOON - 0.4, NOON, null],
])('%s: times are put on the clock of the server, and the row says so', (_name, behind, at, time, flag) => {
  const clock = serverClock(NOON - behind, NOON);
  expect([clock.timeOf(at), clock.flagOf(at)]).toEqual([time, flag]);
});
