// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest';
import type { ErrorEvent as ErrorItem } from '../../protocol/index.js';
import { agentPage } from '../../testing/agentPage.js';
import { type RumAgent, reportError } from '../index.js';

const page = agentPage();
let agent: RumAgent;

beforeEach(() => {
  // What a page's own mistakes print.
  vi.spyOn(console, 'error').mockReturnValue();
  agent = page.start();
});

function uncaught(init: ErrorEventInit): void {
  window.dispatchEvent(new ErrorEvent('error', init));
}
function rejected(reason: unknown): void {
  window.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason }));
}
async function recorded(): Promise<ErrorItem[]> {
  await agent.flush();
  return page.sent.events().filter((event) => event.type === 'error');
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

test('of a script of another origin what is known is kept', async () => {
  uncaught({ message: 'Script error.' });
  uncaught({ message: 'Uncaught 1', filename: 'https://cdn.example/a.js', lineno: 3, colno: 7 });
  expect(await recorded()).toMatchObject([
    { name: 'Error', message: 'Script error.' },
    { message: 'Uncaught 1', stack: '    at https://cdn.example/a.js:3:7' },
  ]);
});

test('repetitions are one event with their count, sent with the next flush', async () => {
  const again = (): void => uncaught({ error: Object.assign(new Error('again'), { stack: 'at a' }) });
  for (let index = 0; index < 1000; index++) again();
  expect(await recorded()).toMatchObject([{ message: 'again' }, { message: 'again', count: 999 }]);
  expect(page.sent.views()).toMatchObject([{ counts: { error: 1000 } }]);
  again();
  expect((await recorded()).map(({ count }) => count)).toEqual([undefined, 999, undefined]);
});

test('errors that differ in message, stack or source are not folded', async () => {
  for (const stack of ['at a', 'at b']) uncaught({ error: Object.assign(new Error('x'), { stack }) });
  rejected(Object.assign(new Error('x'), { stack: 'at a' }));
  expect(await recorded()).toHaveLength(3);
});

test('10,000 different errors in a minute leave at most 3,000; the others are counted', async () => {
  agent.stop();
  agent = page.start({}, () => 1_700_000_000_000);
  for (let index = 0; index < 10_000; index++) {
    uncaught({ error: Object.assign(new Error(`error ${index}`), { stack: '' }) });
  }
  await agent.flush();
  await agent.flush();
  const kept = (await recorded()).length;
  const lost = page.sent.events().reduce((sum, event) => sum + (event.type === 'loss' ? event.count : 0), 0);
  expect(kept).toBeLessThanOrEqual(3000);
  expect(kept + lost).toBe(10_000);
});

test("what is told to the console is an error of the page, and the console's all the same", async () => {
  agent.stop();
  const heard = vi.spyOn(console, 'error').mockReturnValue();
  agent = page.start();
  console.error('cart', 3, { a: 1 });
  console.error('with an error', new TypeError('inside'));
  await Promise.resolve();
  expect(heard.mock.calls).toEqual([
    ['cart', 3, { a: 1 }],
    ['with an error', expect.any(TypeError)],
  ]);
  expect(await recorded()).toMatchObject([
    { name: 'Error', message: 'cart 3 [object Object]', source: 'console.error' },
    { name: 'TypeError', message: 'inside', source: 'console.error' },
  ]);
});

test('of what React tells both the console and the boundary only the boundary is kept, which knows more', async () => {
  const error = new Error('render failed');
  console.error('The above error occurred in <Cart>', error);
  reportError(error, { source: 'react', componentStack: '\n    at Cart\n    at Shop' });
  await Promise.resolve();
  expect(await recorded()).toMatchObject([
    { message: 'render failed', source: 'react', componentStack: '\n    at Cart\n    at Shop' },
  ]);
});

test('an error that is reported and then thrown further counts once', async () => {
  const error = new Error('checkout');
  reportError(error);
  uncaught({ error });
  rejected(error);
  expect(await recorded()).toMatchObject([{ message: 'checkout', source: 'reported' }]);
});

test('files that did not load are told by their element, without query', async () => {
  document.body.innerHTML =
    '<img src="/hero.jpg?token=1"><script src="/gone.js"></script><link href="/a.css">';
  for (const element of document.body.children) element.dispatchEvent(new Event('error'));
  expect(await recorded()).toMatchObject([
    { name: 'ResourceError', message: 'img /hero.jpg', source: 'resource' },
    { name: 'ResourceError', message: 'script /gone.js', source: 'resource' },
    { name: 'ResourceError', message: 'link /a.css', source: 'resource' },
  ]);
});

test('violations of the content security policy say what was blocked where', async () => {
  document.dispatchEvent(
    Object.assign(new Event('securitypolicyviolation'), {
      effectiveDirective: 'script-src-elem',
      blockedURI: 'https://evil.example/x.js?id=1',
      sourceFile: 'https://shop.example/app.js',
      lineNumber: 12,
      columnNumber: 5,
    }),
  );
  expect(await recorded()).toMatchObject([
    {
      name: 'SecurityPolicyViolation',
      message: 'script-src-elem https://evil.example/x.js',
      stack: '    at https://shop.example/app.js:12',
      source: 'csp',
    },
  ]);
});

test('what Next throws to steer itself is no error', async () => {
  rejected(Object.assign(new Error('steering'), { digest: 'NEXT_REDIRECT;replace;/login;307;' }));
  rejected(Object.assign(new Error('real'), { digest: '1234567890' }));
  expect(await recorded()).toMatchObject([{ message: 'real', digest: '1234567890' }]);
});

test('long messages and stacks are cut, and what is too large all the same is counted', async () => {
  reportError(Object.assign(new Error('m'.repeat(100_000)), { stack: 'x'.repeat(100_000) }));
  console.error('c'.repeat(100_000));
  const [long, ...others] = await recorded();
  expect([long?.message.length, long?.stack?.length]).toEqual([2000, 8192]);
  expect(others).toEqual([]);
  await agent.flush();
  expect(page.sent.events().at(-1)).toMatchObject({ type: 'loss', reason: 'too_large', count: 1 });
});

test('objects that throw when they are looked at do no harm', async () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  const hostile = new Proxy(
    {},
    {
      get() {
        throw new Error('no');
      },
      getPrototypeOf() {
        throw new Error('no');
      },
    },
  );
  expect(() => reportError(hostile)).not.toThrow();
  expect(() => rejected(hostile)).not.toThrow();
  expect(() => uncaught({ error: hostile })).not.toThrow();
  expect(() => console.error(hostile)).not.toThrow();
  expect(() => console.error(Object.create(null))).not.toThrow();
  expect(await recorded()).toEqual([]);
  expect(page.sent.events()).toMatchObject([{ type: 'loss', reason: 'serialize', count: 1 }]);
  expect(warn).toHaveBeenCalledTimes(4);
});

test('turned off, nothing of this is watched, and reportError does nothing', async () => {
  agent.stop();
  const { error: log } = console;
  agent = page.start({ errors: false });
  expect(console.error).toBe(log);
  rejected(new Error('unseen'));
  expect(() => reportError(new Error('unseen'))).not.toThrow();
  expect(await recorded()).toEqual([]);
});
