import { expect, test } from 'vitest';
import { oneAhead, readAhead } from './readAhead.js';

/** Answers when told to, in any order. */
function makeReads(): {
  readonly begun: number[];
  readonly finish: Map<number, (failure?: Error) => void>;
  readonly read: (item: number) => Promise<string>;
} {
  const begun: number[] = [];
  const finish = new Map<number, (failure?: Error) => void>();
  return {
    begun,
    finish,
    read: (item) => {
      begun.push(item);
      return new Promise((resolve, reject) => {
        finish.set(item, (failure) => (failure ? reject(failure) : resolve(`answer ${item}`)));
      });
    },
  };
}

const ITEMS = [0, 1, 2, 3, 4, 5];

test('reads some at a time, and answers in order', async () => {
  const { begun, finish, read } = makeReads();
  const answers = readAhead(ITEMS, read);
  const first = answers.next();
  expect(begun).toEqual([0, 1, 2, 3]);
  for (const item of [3, 2, 1, 0]) finish.get(item)?.();
  expect(await first).toEqual({ value: 'answer 0', done: false });
  expect((await answers.next()).value).toBe('answer 1');
  expect(begun).toEqual([0, 1, 2, 3, 4]);
  const rest: string[] = [];
  const reading = (async () => {
    for await (const answer of answers) rest.push(answer);
  })();
  finish.get(4)?.();
  while (!finish.has(5)) await new Promise((soon) => setTimeout(soon));
  finish.get(5)?.();
  await reading;
  expect(rest).toEqual(['answer 2', 'answer 3', 'answer 4', 'answer 5']);
});

test('begins nothing after it was stopped, and waits for what was under way, though it fails', async () => {
  const { begun, finish, read } = makeReads();
  const answers = readAhead(ITEMS, read);
  const first = answers.next();
  finish.get(0)?.();
  await first;
  const stopped = answers.return(undefined);
  finish.get(1)?.(new Error('too late'));
  finish.get(2)?.();
  finish.get(3)?.();
  expect(await stopped).toEqual({ value: undefined, done: true });
  expect(begun).toEqual([0, 1, 2, 3]);
});

test('one that fails before its turn fails at its turn', async () => {
  const { finish, read } = makeReads();
  const answers = readAhead(ITEMS, read);
  const first = answers.next();
  finish.get(1)?.(new Error('gone'));
  await new Promise((soon) => setTimeout(soon));
  finish.get(0)?.();
  expect((await first).value).toBe('answer 0');
  const second = answers.next();
  for (const item of [2, 3, 4]) finish.get(item)?.();
  await expect(second).rejects.toThrow('gone');
});

test('fails with the first that fails', async () => {
  const { begun, finish, read } = makeReads();
  const first = readAhead(ITEMS, read).next();
  for (const item of [1, 2, 3]) finish.get(item)?.();
  finish.get(0)?.(new Error('gone'));
  await expect(first).rejects.toThrow('gone');
  expect(begun).toEqual([0, 1, 2, 3]);
});

/** Three chunks; tells which were begun, and whether it came to its end. */
function makeChunks(failing?: number): {
  readonly begun: number[];
  readonly ended: () => boolean;
  readonly chunks: AsyncGenerator<number, void>;
} {
  const begun: number[] = [];
  let isEnded = false;
  async function* chunksOf(): AsyncGenerator<number, void> {
    try {
      for (const chunk of [0, 1, 2]) {
        begun.push(chunk);
        await new Promise((soon) => setTimeout(soon));
        if (chunk === failing) throw new Error(`chunk ${chunk}`);
        yield chunk;
      }
    } finally {
      isEnded = true;
    }
  }
  return { begun, ended: () => isEnded, chunks: chunksOf() };
}

test('has the next chunk made while one is used, and no more than that', async () => {
  const { begun, chunks } = makeChunks();
  const used: (readonly [chunk: number, begun: number])[] = [];
  for await (const chunk of oneAhead(chunks)) used.push([chunk, begun.length]);
  expect(used).toEqual([
    [0, 2],
    [1, 3],
    [2, 3],
  ]);
});

test('ends what is read where whoever asks has enough, though the next chunk fails', async () => {
  const { begun, ended, chunks } = makeChunks(1);
  for await (const chunk of oneAhead(chunks)) {
    expect(chunk).toBe(0);
    break;
  }
  expect(begun).toEqual([0, 1]);
  expect(ended()).toBe(true);
});

test('tells of a chunk that fails when its turn comes', async () => {
  const { ended, chunks } = makeChunks(1);
  const used: number[] = [];
  const reading = (async () => {
    for await (const chunk of oneAhead(chunks)) used.push(chunk);
  })();
  await expect(reading).rejects.toThrow('chunk 1');
  expect(used).toEqual([0]);
  expect(ended()).toBe(true);
});
