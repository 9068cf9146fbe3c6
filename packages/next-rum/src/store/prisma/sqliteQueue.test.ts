import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type Queue, queueOf } from './sqliteQueue.js';

let queues = 0;
function newQueue(): Queue {
  queues += 1;
  return queueOf(`queue under test ${queues}`);
}

test('runs one job at a time, first come, first served', async () => {
  const { front } = newQueue();
  const log: string[] = [];
  const job = (name: string) => async () => {
    log.push(`${name} begins`);
    await sleep(2);
    log.push(`${name} ends`);
    return name;
  };

  const results = await Promise.all([front.take(job('a')), front.ask(job('b')), front.take(job('c'))]);

  expect(results).toEqual(['a', 'b', 'c']);
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

test('has the next turn come after a failure', async () => {
  const { front } = newQueue();

  const failed = front.ask(() => Promise.reject(new Error('no such table')));
  const next = front.ask(async () => 'answer');

  await expect(failed).rejects.toThrow('no such table');
  expect(await next).toBe('answer');
});

test('has work that nobody waits for let a page’s questions pass, each of which follows from an answer', async () => {
  const { front, back } = newQueue();
  const log: string[] = [];
  const page = (async () => {
    for (const question of ['first', 'second', 'third']) await front.ask(async () => log.push(question));
  })();
  const work = back.take(async () => log.push('work'));

  await Promise.all([page, work]);

  expect(log).toEqual(['first', 'second', 'third', 'work']);
});

test('goes on with such work beside a busy collector', async () => {
  const { front, back } = newQueue();
  let isDone = false;
  const work = back.ask(async () => {
    isDone = true;
  });

  // As a busy collector, until the work had its turn.
  while (!isDone) await front.take(() => sleep(1));

  await expect(work).resolves.toBeUndefined();
});

test('goes on with such work beside questions without end', async () => {
  const { front, back } = newQueue();
  let isDone = false;
  const work = back.take(async () => {
    isDone = true;
  });

  while (!isDone) await front.ask(() => sleep(1));

  await expect(work).resolves.toBeUndefined();
});

test('is the same for all who name the same file', () => {
  expect(queueOf('one file')).toBe(queueOf('one file'));
  expect(queueOf('one file')).not.toBe(queueOf('another file'));
});
