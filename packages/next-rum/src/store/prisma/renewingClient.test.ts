import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SqlClient } from './client.js';
import { renewingClient } from './renewingClient.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const NONE_IN_TIME = Object.assign(
  new Error('Transaction API error: Unable to start a transaction in the given time.'),
  { code: 'P2028' },
);

/** A client that finds no connection for a transaction within 5 s, as Prisma's does. */
function stuckClient() {
  const disconnect = vi.fn(async () => undefined);
  const client: SqlClient = {
    $queryRaw: async <T>() => [] as T,
    $executeRaw: async () => 0,
    $transaction: () =>
      new Promise((_resolve, reject) => {
        setTimeout(() => reject(NONE_IN_TIME), 5000);
      }),
    $disconnect: disconnect,
  };
  return { client, disconnect };
}

async function beginInVain(client: SqlClient, meanwhile: () => Promise<unknown>): Promise<void> {
  const refusal = expect(client.$transaction(async () => undefined)).rejects.toBe(NONE_IN_TIME);
  await vi.advanceTimersByTimeAsync(2500);
  await meanwhile();
  await vi.advanceTimersByTimeAsync(2500);
  await refusal;
}

test('where nothing worked while a transaction could not begin, all connections are made anew', async () => {
  const [first, second] = [stuckClient(), stuckClient()];
  const open = vi.fn().mockReturnValueOnce(first.client).mockReturnValueOnce(second.client);
  const client = renewingClient(open);
  await client.$queryRaw`SELECT 1`;
  await vi.advanceTimersByTimeAsync(1);
  await beginInVain(client, async () => undefined);
  expect(open).toHaveBeenCalledTimes(2);
  expect(first.disconnect).toHaveBeenCalledOnce();
});

test('connections that are all in use are left to those who use them', async () => {
  const { client: busy, disconnect } = stuckClient();
  const client = renewingClient(() => busy);
  await beginInVain(client, async () => client.$queryRaw`SELECT 1`);
  expect(disconnect).not.toHaveBeenCalled();
});
