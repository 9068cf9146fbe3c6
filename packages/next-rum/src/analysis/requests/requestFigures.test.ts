import { expect, test } from 'vitest';
import { figuresOf, outcomeOf, sizeOf } from './requestFigures.js';
import { hostOf, requestKey, templateOf } from './requestKey.js';

const EVENT = { name: '/a', viewId: 'v', route: '/', duration: 10 };

test.each([
  [{ status: 200 }, 'answered'],
  [{ status: 404 }, 'failed'],
  [{ status: 0, failure: 'network' }, 'failed'],
  [{ status: 0, failure: 'timeout' }, 'failed'],
  [{ status: 0, failure: 'abort' }, 'aborted'],
  // A file of another origin: its status is kept from the page.
  [{ status: 0 }, 'unknown'],
  [{}, 'unknown'],
  [{ status: 'nonsense', failure: 7 }, 'unknown'],
] as const)('%o is %s', (said, outcome) => {
  expect(outcomeOf({ said })).toBe(outcome);
});

test.each([
  [{ transferSize: 300, decodedSize: 900 }, 300],
  [{ transferSize: 0, decodedSize: 900, cached: true }, 0],
  // Another origin that tells nothing of itself.
  [{ transferSize: 0, decodedSize: 0 }, null],
  [{}, null],
] as const)('the size of %o is %s', (said, size) => {
  expect(sizeOf({ said })).toBe(size);
});

test('what was aborted is no failure and has no duration', () => {
  const figures = figuresOf([
    { ...EVENT, said: { status: 200 } },
    { ...EVENT, duration: 90_000, said: { status: 0, failure: 'abort' } },
    { ...EVENT, duration: 30, said: { status: 500 } },
  ]);
  expect(figures).toMatchObject({ n: 3, aborted: 1, failed: 1, failedShare: 0.5 });
  expect(figures.duration).toMatchObject({ n: 2, p95: 30, interval: null });
  expect(figuresOf([{ ...EVENT, said: { failure: 'abort' } }]).failedShare).toBeNull();
});

test.each([
  ['/api/:id', '(own)'],
  ['https://cdn.example/a/:id', 'cdn.example'],
  ['https://cdn.example:8443/', 'cdn.example:8443'],
  ['data:text/plain', 'data:'],
  ['(other)', '(other)'],
])('%s is of %s', (name, host) => {
  expect(hostOf(name)).toBe(host);
});

test('a key stands for all that tells requests apart', () => {
  const said = { initiator: 'fetch', method: 'POST', operation: 'addToCart' };
  const template = templateOf({ name: '/graphql', said });
  expect(requestKey(template)).toMatch(/^[0-9a-f]{16}$/);
  const others = [
    { ...template, method: 'GET' },
    { ...template, operation: null },
    { ...template, initiator: 'xmlhttprequest' },
    { ...template, name: '/graphqL' },
  ];
  expect(new Set([template, ...others].map(requestKey)).size).toBe(5);
});
