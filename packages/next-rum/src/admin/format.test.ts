import { expect, test } from 'vitest';
import {
  formatAge,
  formatBytes,
  formatCount,
  formatGrowth,
  formatInterval,
  formatShare,
  formatThreshold,
  formatVital,
  vitalMeasure,
} from './format.js';

test.each([
  [0, '0 ms'],
  [311.6, '312 ms'],
  [999.4, '999 ms'],
  [999.6, '1.00 s'],
  [1240, '1.24 s'],
  [9994, '9.99 s'],
  [9996, '10.0 s'],
  [12_449, '12.4 s'],
])('a duration of %d ms reads %s', (ms, text) => {
  expect(formatVital('lcp', ms)).toBe(text);
});

test('CLS is a score without a unit', () => {
  expect(formatVital('cls', 0.0831)).toBe('0.08');
  expect(vitalMeasure('cls', 0)).toEqual({ value: '0.00', unit: '' });
});

test('a vital without data is a dash, not a zero', () => {
  expect(formatVital('inp', null)).toBe('—');
});

test('thresholds are written as the specification writes them', () => {
  expect(formatThreshold('lcp', 2500)).toBe('2.5 s');
  expect(formatThreshold('inp', 200)).toBe('200 ms');
  expect(formatThreshold('cls', 0.1)).toBe('0.1');
});

test('counts have thousands separators', () => {
  expect(formatCount(1_234_567)).toBe('1,234,567');
});

test('a share that exists never reads 0 % and a gap never reads 100 %', () => {
  expect(formatShare(1, 10_000)).toBe('<1 %');
  expect(formatShare(9999, 10_000)).toBe('>99 %');
  expect(formatShare(0, 10)).toBe('0 %');
  expect(formatShare(10, 10)).toBe('100 %');
  expect(formatShare(2, 3)).toBe('67 %');
  expect(formatShare(0, 0)).toBe('—');
});

test.each([
  [-400, 'now'],
  [1999, 'now'],
  [12_900, '12 s ago'],
  [119_000, '1 min ago'],
  [3_600_000, '1 h ago'],
  [90_000_000, '1 d ago'],
])('an age of %d ms reads %s', (age, text) => {
  expect(formatAge(age)).toBe(text);
});

test('an interval says its unit once', () => {
  expect(formatInterval('lcp', [1240, 1310])).toBe('1.24–1.31 s');
  expect(formatInterval('inp', [280, 310])).toBe('280–310 ms');
  expect(formatInterval('fcp', [950, 1020])).toBe('950 ms–1.02 s');
  expect(formatInterval('cls', [0.05, 0.1])).toBe('0.05–0.10');
});

test('growth has a sign, and none where there was nothing before', () => {
  expect(formatGrowth(100, 112)).toBe('+12 %');
  expect(formatGrowth(100, 97)).toBe('−3 %');
  expect(formatGrowth(1000, 1001)).toBe('±0 %');
  expect(formatGrowth(5, 50)).toBe('+900 %');
  expect(formatGrowth(5, 51)).toBe('>10×');
  expect(formatGrowth(0, 5)).toBe('');
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1400, '1.4 kB'],
  [9960, '10 kB'],
  [999_600, '1.0 MB'],
  [23_400_000, '23 MB'],
  [null, '—'],
])('%s bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
