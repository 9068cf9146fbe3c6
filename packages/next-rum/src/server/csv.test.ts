import { expect, test } from 'vitest';
import { toCsv } from './csv.js';

test('objects in a row become columns, and what is not there is empty', () => {
  const rows = [
    { value: '/a', views: 2, vitals: { lcp: { p75: 1.5, interval: [1, 2] } }, compared: null },
    { value: '/b', views: 1, vitals: { lcp: { p75: null, interval: null } }, compared: { views: 3 } },
  ];
  expect(toCsv(rows)).toBe(
    'value,views,vitals.lcp.p75,vitals.lcp.interval.0,vitals.lcp.interval.1,compared.views\r\n' +
      '/a,2,1.5,1,2,\r\n' +
      '/b,1,,,,3\r\n',
  );
});

test.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', "'\tx"],
  ['\rx', `"'\rx"`],
  ['=HYPERLINK("http://a","b")', `"'=HYPERLINK(""http://a"",""b"")"`],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  ['\u202eabc 🛒', '\u202eabc 🛒'],
  ['__proto__', '__proto__'],
  [' =1', ' =1'],
])('%j is written as text', (text, cell) => {
  expect(toCsv([{ value: text }])).toBe(`value\r\n${cell}\r\n`);
});

test('a number below zero stays a number', () => {
  expect(toCsv([{ value: -1.5 }])).toBe('value\r\n-1.5\r\n');
});

test('without a row there is nothing', () => {
  expect(toCsv([])).toBe('');
});
