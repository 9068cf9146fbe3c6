import { expect, test } from 'vitest';
import { type TellingRules, toldAt } from './toldAt.js';

const NIGHT = Date.parse('2026-11-23T22:00:00Z');
const MORNING = Date.parse('2026-11-24T07:00:00Z');
const HOUR = 3_600_000;
const OFFICE = [{ from: '08:00', to: '18:00' }] as const;
const PLAN: TellingRules = {
  timeZone: 'Europe/Berlin',
  rules: [
    { name: 'vitals', metrics: ['lcp'], minAffected: 1, schedule: OFFICE },
    { name: 'many', metrics: null, minAffected: 1000, schedule: [] },
  ],
  watched: [{ name: 'checkout', schedule: OFFICE }, { name: 'always' }],
};
const unusual = { metric: 'lcp', affected: 10, rule: null } as const;
const ofRule = (name: string) =>
  ({ metric: 'lcp', affected: 10, rule: { name, kind: 'threshold', share: 0.25 } }) as const;

test('is when the first of its rules allows it', () => {
  expect(toldAt(PLAN, unusual, NIGHT)).toBe(MORNING);
  expect(toldAt(PLAN, { ...unusual, affected: 1000 }, NIGHT)).toBe(NIGHT);
  expect(toldAt(PLAN, { ...unusual, metric: 'inp' }, NIGHT)).toBe(NIGHT);
  expect(toldAt(PLAN, ofRule('checkout'), NIGHT)).toBe(MORNING);
  expect(toldAt(PLAN, ofRule('always'), NIGHT)).toBe(NIGHT);
  expect(toldAt(PLAN, ofRule('gone'), NIGHT)).toBe(NIGHT);
});

test('and not while it is muted', () => {
  const at = MORNING + 2 * HOUR;
  expect(toldAt(PLAN, ofRule('always'), NIGHT, { always: at })).toBe(at);
  expect(toldAt(PLAN, ofRule('checkout'), NIGHT, { checkout: NIGHT + HOUR })).toBe(MORNING);
  expect(toldAt(PLAN, ofRule('checkout'), NIGHT, { checkout: at })).toBe(at);
  expect(toldAt(PLAN, ofRule('checkout'), NIGHT, { checkout: NIGHT - HOUR, always: at })).toBe(MORNING);
});
