import { expect, test } from 'vitest';
import { shareAlways, shareWithinTurn } from './sharing.js';

test('who asks at once shares a read, who asks once it has begun gets another', async () => {
  let written = 1;
  const share = shareWithinTurn<number>();
  const read = async (): Promise<number> => written;

  const first = share('a', read);
  written = 2;
  const second = share('a', read);
  const other = share('b', async () => 10 * written);
  await Promise.resolve();
  written = 3;
  const third = share('a', read);

  expect(await Promise.all([first, second, other, third])).toEqual([2, 2, 20, 3]);
});

test('a read that failed is told to all who shared it, and to nobody else', async () => {
  const share = shareWithinTurn<number>();
  const fail = (): Promise<number> => Promise.reject(new Error('gone'));

  const both = [share('a', fail), share('a', fail)];
  for (const each of both) await expect(each).rejects.toThrow('gone');
  expect(await share('a', async () => 1)).toBe(1);
});

test('what is shared always is read once', async () => {
  let reads = 0;
  const share = shareAlways<number>();
  const read = async (): Promise<number> => {
    reads += 1;
    return reads;
  };

  expect([await share('a', read), await share('b', read), await share('a', read)]).toEqual([1, 2, 1]);
});
