import { describe, expect, test } from 'vitest';
import { hoursOfRule, isRuleOver, judgeRule, type RuleHour, type WatchedRule } from './judgeRule.js';

const HOUR = 3_600_000;

/** Shares of bad views, hour by hour, each of so many views. */
function hoursOf(shares: readonly number[], n = 1000): RuleHour[] {
  return shares.map((share, place) => ({ t: place * HOUR, n, bad: Math.round(share * n) }));
}

/** Whether it holds after each hour. */
function course(rule: WatchedRule, hours: readonly RuleHour[]): string {
  let isOpen = false;
  return hours
    .map((_, place) => {
      const seen = hours.slice(Math.max(0, place + 1 - hoursOfRule(rule)), place + 1);
      isOpen = isOpen ? !isRuleOver(rule, seen) : judgeRule(rule, seen) !== null;
      return isOpen ? '#' : '.';
    })
    .join('');
}

describe('a threshold', () => {
  const rule = { kind: 'threshold', name: 'slow', metric: 'lcp', above: 2500 } as const;

  test('holds from the second hour of three in which more than a quarter are over it', () => {
    expect(course(rule, hoursOf([0.2, 0.3, 0.2, 0.2, 0.3, 0.2, 0.3, 0.3]))).toBe('......##');
    expect(judgeRule(rule, hoursOf([0.2, 0.3, 0.2, 0.3]))).toBe(HOUR);
  });

  test('ends once three hours are a tenth below, not where it goes up and down around it', () => {
    expect(course(rule, hoursOf([0.3, 0.3, 0.24, 0.24, 0.24, 0.24, 0.2, 0.2, 0.2]))).toBe('.#######.');
  });

  test('is not told by hours with few views, whatever lies between', () => {
    const few = hoursOf([0.9, 0.9, 0.9], 50);
    expect(course(rule, few)).toBe('...');
    const between = [...hoursOf([0.3]), ...few, ...hoursOf([0.3])].map((hour, place) => ({
      ...hour,
      t: place * HOUR,
    }));
    expect(course(rule, between)).toBe('....#');
  });

  test('is not over because nobody comes, or too few do, for however long', () => {
    const held = hoursOf([0.3, 0.3]);
    const after = (hours: readonly RuleHour[]): string =>
      course(
        rule,
        [...held, ...hours].map((hour, place) => ({ ...hour, t: place * HOUR })),
      );
    expect(after(hoursOf(Array(100).fill(0), 0))).toBe(`.#${'#'.repeat(100)}`);
    expect(after(hoursOf(Array(100).fill(0), 99))).toBe(`.#${'#'.repeat(100)}`);
    // Hours that say it is over need not follow one another.
    const calm = [...hoursOf([0.1]), ...hoursOf([0, 0], 5)];
    expect(after([...calm, ...calm, ...hoursOf([0.1])])).toBe('.#######.');
  });

  test('of errors is a share', () => {
    const errors = { ...rule, metric: 'errors', above: 0.02, hours: [1, 1] } as const;
    expect(course(errors, hoursOf([0.02, 0.021, 0.019, 0.017]))).toBe('.##.');
  });
});

describe('a budget', () => {
  const rule = { kind: 'budget', name: 'slo', metric: 'errors', objective: 0.99 } as const;
  const calm = Array.from({ length: 80 }, () => 0.001);

  test('burns fast at 14.4 times the rate: 2 % of 30 days in an hour', () => {
    expect(course(rule, hoursOf([0.143, 0.144]))).toBe('.#');
  });

  test('burns at 6 times the rate over six hours, and is over an hour after it ends', () => {
    expect(course(rule, hoursOf([...calm, 0.07, 0.07, 0.07, 0.07, 0.07, 0.07, 0.001, 0.001])).slice(80)).toBe(
      '.....#..',
    );
  });

  test('burns slowly at once the rate over three days', () => {
    const slow = course(
      rule,
      hoursOf(
        Array.from({ length: 80 }, () => 0.0101),
        10_000,
      ),
    );
    expect(slow.indexOf('#')).toBe(71);
    expect(
      course(
        rule,
        hoursOf(
          Array.from({ length: 80 }, () => 0.0099),
          10_000,
        ),
      ),
    ).not.toContain('#');
  });

  test('is not saved by an hour in which too few come to say so', () => {
    const after = (few: number, n: number): string =>
      course(rule, [...hoursOf([...calm, 0.2]), ...hoursOf(Array(few).fill(0), n)]).slice(80);
    expect(after(200, 0)).toBe(`#${'#'.repeat(200)}`);
    // Of 25 each, four hours together are enough.
    expect(after(5, 25)).toBe('####..');
    // Slowly burning for days, then nobody for hours, then as it should be.
    const slow = hoursOf(
      Array.from({ length: 80 }, () => 0.0101),
      10_000,
    );
    const hours = [...slow, ...hoursOf(Array(30).fill(0), 0), ...hoursOf(Array(7).fill(0), 10_000)];
    const told = course(rule, hours);
    expect(told.slice(71, 110)).toBe('#'.repeat(39));
    expect(told.at(-1)).toBe('.');
  });

  test('needs enough views', () => {
    expect(course(rule, hoursOf([0.5, 0.5], 20))).toBe('..');
  });
});
