import { expect, test } from 'vitest';
import type { AlertRule } from './notifier.js';
import { ruleWords } from './ruleWords.js';

test.each<[AlertRule, string]>([
  [{ kind: 'anomaly' }, 'Whatever is unusual'],
  [
    { kind: 'anomaly', metrics: ['lcp', 'silence'], minAffected: 1500 },
    'LCP, silence unusual, from 1,500 views on',
  ],
  [
    { kind: 'threshold', name: 'a', metric: 'lcp', above: 2500, where: { route: '/a' }, hours: [3, 4] },
    'p75 LCP above 2.50 s (route /a) in 3 of 4 hours',
  ],
  [
    { kind: 'threshold', name: 'a', metric: 'errors', above: 0.015 },
    'Views with an error above 1.5 % in 2 of 3 hours',
  ],
  [
    { kind: 'budget', name: 'a', metric: 'cls', good: 0.1, objective: 0.9 },
    '90 % of views with CLS up to 0.10; the rest is used up too fast',
  ],
  [
    { kind: 'budget', name: 'a', metric: 'errors', objective: 0.999 },
    '99.9 % of views without an error; the rest is used up too fast',
  ],
  [
    { kind: 'newError', name: 'a', minEvents: 10 },
    'Errors that were never seen before, from 10 times and 3 visitors a day on',
  ],
  [
    { kind: 'regressedError', name: 'a', quietDays: 1, afterRelease: false },
    'Errors that are back after 1 day, from 5 times and 3 visitors a day on',
  ],
])('%o', (rule, words) => {
  expect(ruleWords(rule)).toBe(words);
});
