import { expect, test } from 'vitest';
import { reportWeek } from './reportWeek.js';

const at = (text: string): number => Date.parse(text);
const MONDAY = { day: 'mon', at: '08:00', timeZone: 'Europe/Berlin' } as const;

test('is due on its day at its hour, and is about the seven days before', () => {
  const due = at('2026-11-23T08:00+01:00');
  const week = reportWeek(MONDAY, due);
  expect(week).toMatchObject({
    due,
    name: '2026-11-16',
    from: at('2026-11-16T00:00+01:00'),
    to: at('2026-11-23T00:00+01:00'),
    before: at('2026-11-09T00:00+01:00'),
  });
  expect(week.days).toHaveLength(7);
  expect(reportWeek(MONDAY, due - 1)).toMatchObject({
    name: '2026-11-09',
    due: at('2026-11-16T08:00+01:00'),
  });
  expect(reportWeek(MONDAY, at('2026-11-29T23:59+01:00')).due).toBe(due);
});

test('a day on which clocks are changed is as long as it is', () => {
  const spring = reportWeek(MONDAY, at('2026-03-30T12:00+02:00'));
  expect((spring.to - spring.from) / 3_600_000).toBe(7 * 24 - 1);
  expect(spring.due).toBe(at('2026-03-30T08:00+02:00'));
  const autumn = reportWeek({ ...MONDAY, day: 'wed' }, at('2026-10-28T12:00+01:00'));
  expect((autumn.to - autumn.from) / 3_600_000).toBe(7 * 24 + 1);
  expect(autumn.name).toBe('2026-10-21');
  expect((autumn.days[5] ?? 0) - (autumn.days[4] ?? 0)).toBe(25 * 3_600_000);
});

test('an hour that is left out is told an hour later, one that comes twice the first time', () => {
  const night = { day: 'sun', at: '02:30', timeZone: 'Europe/Berlin' } as const;
  expect(reportWeek(night, at('2026-03-29T12:00Z')).due).toBe(at('2026-03-29T01:30Z'));
  expect(reportWeek(night, at('2026-10-25T12:00Z')).due).toBe(at('2026-10-25T02:30+02:00'));
});
