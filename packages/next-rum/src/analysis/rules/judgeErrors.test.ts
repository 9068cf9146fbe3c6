import { describe, expect, test } from 'vitest';
import { type ErrorRule, isNews as isNewsBy, type SeenError } from './judgeErrors.js';

const DAY = 86_400_000;
const UNTIL = 101 * DAY;
const seen = (part: Partial<SeenError> = {}): SeenError => ({
  fingerprint: 'abc',
  events: 5,
  visitors: 3,
  firstSeen: 100 * DAY,
  firstEver: 100 * DAY,
  lastBefore: null,
  inLater: null,
  ...part,
});

const isNews = (rule: ErrorRule, error: SeenError): boolean => isNewsBy(rule, error, UNTIL);

describe('a new error', () => {
  const rule = { kind: 'newError', name: 'new' } as const;

  test('is one that was never seen, often enough and to enough visitors', () => {
    expect(isNews(rule, seen())).toBe(true);
    expect(isNews(rule, seen({ events: 4 }))).toBe(false);
    expect(isNews(rule, seen({ events: 5000, visitors: 2 }))).toBe(false);
    expect(isNews(rule, seen({ lastBefore: DAY, firstEver: DAY }))).toBe(false);
    expect(isNews({ ...rule, minEvents: 1, minVisitors: 1 }, seen({ events: 1, visitors: 1 }))).toBe(true);
  });
});

test('a new error may begin with a stray one some days before', () => {
  const rule = { kind: 'newError', name: 'new' } as const;
  expect(isNews(rule, seen({ firstEver: 94 * DAY, lastBefore: 97 * DAY }))).toBe(true);
  expect(isNews(rule, seen({ firstEver: 94 * DAY - 1, lastBefore: 97 * DAY }))).toBe(false);
});

describe('a regressed error', () => {
  const rule = { kind: 'regressedError', name: 'back' } as const;
  const later = { events: 5, visitors: 3 };

  test('is one that was gone for as long as the rule says', () => {
    expect(isNews(rule, seen())).toBe(false);
    expect(isNews(rule, seen({ lastBefore: 93 * DAY }))).toBe(true);
    expect(isNews(rule, seen({ lastBefore: 93 * DAY, visitors: 2 }))).toBe(false);
    expect(isNews(rule, seen({ lastBefore: 93 * DAY + 1 }))).toBe(false);
    expect(isNews({ ...rule, quietDays: 2 }, seen({ lastBefore: 98 * DAY }))).toBe(true);
  });

  test('or for a day at least, and is back in a release that came meanwhile', () => {
    const recent = seen({ lastBefore: 99 * DAY });
    expect(isNews(rule, recent)).toBe(false);
    expect(isNews(rule, { ...recent, inLater: later })).toBe(true);
    // Those who still use the one before tell nothing of the one that came.
    expect(isNews(rule, { ...recent, events: 500, inLater: { events: 4, visitors: 3 } })).toBe(false);
    expect(isNews(rule, { ...recent, lastBefore: 99 * DAY + 1, inLater: later })).toBe(false);
    expect(isNews({ ...rule, afterRelease: false }, { ...recent, inLater: later })).toBe(false);
  });
});
