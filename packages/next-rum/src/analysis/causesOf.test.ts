import { expect, test } from 'vitest';
import { causesOf } from './causesOf.js';

test('parts come in the order in which they happen, each of the views that tell it', () => {
  const views = [
    { value: 100, attribution: { presentationDelay: 60, inputDelay: 10, processingDuration: 30 } },
    { value: 200, attribution: { inputDelay: 50, nonsense: 7 } },
    { value: 300, attribution: {} },
  ];
  expect(causesOf('inp', views)).toEqual({
    n: 2,
    parts: [
      { name: 'inputDelay', p75: 50, interval: null, mean: 30, n: 2 },
      { name: 'processingDuration', p75: 30, interval: null, mean: 30, n: 1 },
      { name: 'presentationDelay', p75: 60, interval: null, mean: 60, n: 1 },
    ],
    causes: [],
  });
});

test('reasons come by kind, most views first, at most twenty', () => {
  const views = Array.from({ length: 600 }, (_, index) => ({
    value: index,
    attribution: {
      target: `#${Math.floor(Math.sqrt(index))}`,
      script: index < 4 ? '/a.js' : '',
      largestShiftValue: 1,
    },
  }));
  const { n, causes } = causesOf('inp', views);
  expect(n).toBe(600);
  expect(causes.filter(({ kind }) => kind === 'target')).toHaveLength(20);
  // Of 47 values, 529 to 575, the 30th and the 42nd: the narrowest ranks whose binomial probability is 95 %.
  expect(causes[0]).toEqual({ kind: 'target', value: '#23', views: 47, p75: 564, interval: [558, 570] });
  expect(causes.at(-1)).toEqual({ kind: 'script', value: '/a.js', views: 4, p75: 2, interval: null });
  expect(causesOf('cls', views).causes[0]).toMatchObject({ kind: 'source', value: '#23' });
});

test('what nobody may name is a name like any other', () => {
  const attribution: unknown = JSON.parse('{"element":"__proto__","__proto__":{"url":"x"},"url":"\\u202ea"}');
  const { causes } = causesOf('lcp', [{ value: 1, attribution: attribution as Record<string, unknown> }]);
  expect(causes.map(({ kind, value }) => [kind, value])).toEqual([
    ['element', '__proto__'],
    ['url', '\u202ea'],
  ]);
});
