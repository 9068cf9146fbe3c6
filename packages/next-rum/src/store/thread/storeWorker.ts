// The store's thread: opens a store and does what storeInThread.ts asks of it.
import { parentPort, workerData } from 'node:worker_threads';
import { openPrismaStore } from '../openStore.js';
import { toStoreError } from '../prisma/databaseFailure.js';
import type { PrismaStore } from '../prisma/prismaStore.js';
import type { JobOptions } from '../store.js';
import type { AsOf, StoreCall, StoreReply, ThreadCalls, ThreadData } from './storeCalls.js';

if (parentPort === null)
  throw new Error('RUM: storeWorker is no module to import; openStoreInThread runs it');
const port = parentPort;
const { url }: ThreadData = workerData;

let opening: Promise<ThreadCalls> | null = null;

function open(): Promise<ThreadCalls> {
  if (opening !== null) return opening;
  const begun = openPrismaStore(url).then(callsOf);
  opening = begun;
  begun.catch(() => {
    // Whoever awaits it learns the reason; the next one tries anew.
    opening = null;
  });
  return begun;
}

function callsOf(store: PrismaStore): ThreadCalls {
  return {
    ...store,
    open: async () => undefined,
    rollUp: (options) => store.rollUp({ ...options, ...clockOf(options) }),
    retain: (options) => store.retain({ ...options, ...clockOf(options) }),
  };
}

/** Goes on from the time that was given. */
function clockOf({ now }: AsOf<JobOptions>): Pick<JobOptions, 'now'> {
  const ahead = now - Date.now();
  return { now: () => Date.now() + ahead };
}

async function answer<Name extends keyof ThreadCalls>({
  call,
  name,
  parameters,
}: StoreCall<Name>): Promise<StoreReply> {
  try {
    const calls = await open();
    // TypeScript does not see that a method's own parameters fit it: https://github.com/microsoft/TypeScript/issues/30581
    const run = calls[name] as (...given: Parameters<ThreadCalls[Name]>) => Promise<unknown>;
    return { call, kind: 'done', value: await run(...parameters) };
  } catch (error) {
    const { code, message } = toStoreError(error);
    return { call, kind: 'failed', code, message };
  }
}

port.on('message', async (call: StoreCall) => {
  port.postMessage(await answer(call));
  // Nothing keeps the thread alive any more, so it ends.
  if (call.name === 'close') port.close();
});
