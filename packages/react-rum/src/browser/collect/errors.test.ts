// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RumEvent } from '../../protocol/index.js';
import { type RecordedBatches, recordBatches } from '../../testing/recordedBatches.js';
import { type RumAgent, reportError, startRum } from '../index.js';

let agent: RumAgent;
let sent: RecordedBatches;

beforeEach(() => {
  sent = recordBatches();
  agent = startRum({}, { fetch: sent.fetch });
});
afterEach(() => agent.stop());

function uncaught(init: ErrorEventInit): void {
  window.dispatchEvent(new ErrorEvent('error', init));
}
function rejected(reason: unknown): void {
  window.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason }));
}
async function recorded(): Promise<RumEvent[]> {
  await agent.flush();
  return sent.events();
}

test('uncaught errors and unhandled rejections are recorded as they were thrown', async () => {
  const error = new TypeError('The switch came off');
  uncaught({ error, message: 'Uncaught TypeError: The switch came off' });
  rejected(new RangeError('Too bright'));
  expect(await recorded()).toMatchObject([
    {
      type: 'error',
      name: 'TypeError',
      message: 'The switch came off',
      stack: error.stack,
      source: 'window.error',
    },
    { type: 'error', name: 'RangeError', message: 'Too bright', source: 'unhandledrejection' },
  ]);
});

test.each([
  ['a text', 'just words', { name: 'NonError', message: 'just words' }],
  ['nothing', undefined, { name: 'NonError', message: 'undefined' }],
  ['an object', { code: 1 }, { name: 'NonError', message: '[object Object]' }],
  ['an error of another frame', { name: 'TypeError', message: 'far' }, { name: 'TypeError', message: 'far' }],
])('%s may be thrown as well', async (_what, reason, expected) => {
  rejected(reason);
  expect(await recorded()).toMatchObject([expected]);
});

test('of a script of another origin what is known is kept', async () => {
  uncaught({ message: 'Script error.' });
  uncaught({ message: 'Uncaught 1', filename: 'https://cdn.example/a.js', lineno: 3, colno: 7 });
  expect(await recorded()).toMatchObject([
    { name: 'Error', message: 'Script error.' },
    { message: 'Uncaught 1', stack: '    at https://cdn.example/a.js:3:7' },
  ]);
});

test.each([
  'NEXT_REDIRECT;replace;/login;307;',
  'NEXT_HTTP_ERROR_FALLBACK;404',
  'NEXT_NOT_FOUND',
  'BAILOUT_TO_CLIENT_SIDE_RENDERING',
])('what Next throws to steer itself is no error: %s', async (digest) => {
  rejected(Object.assign(new Error('steering'), { digest }));
  rejected(Object.assign(new Error('real'), { digest: '1234567890' }));
  expect(await recorded()).toMatchObject([{ message: 'real' }]);
});

test('long stacks are cut, and objects that throw when looked at do no harm', async () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  reportError(Object.assign(new Error('long'), { stack: 'x'.repeat(100_000) }));
  reportError(
    new Proxy(
      {},
      {
        get() {
          throw new Error('no');
        },
      },
    ),
  );
  const [long, ...others] = await recorded();
  expect(long?.type === 'error' && long.stack).toHaveLength(8192);
  expect(others).toEqual([]);
  expect(warn).toHaveBeenCalledOnce();
});
