// The thread beside the app's own: has the store of one database, and does what openInThread.ts asks of it.
import { parentPort, workerData } from 'node:worker_threads';
import { BUILD } from '#build';
import { ingestOf } from '../server/ingest.js';
import { createIntake, type Intake } from '../server/intake.js';
import { createLog } from '../server/log.js';
import { storeFailure, storeShare } from '../server/storeFailure.js';
import type { JobOptions } from '../store/jobStore.js';
import { openStore } from '../store/openStore.js';
import type { RumStore } from '../store/store.js';
import { createOutbox } from './createOutbox.js';
import {
  type AsOf,
  OTHER_VERSION,
  type ThreadCall,
  type ThreadCalls,
  type ThreadData,
  type ThreadReply,
} from './threadCalls.js';

if (parentPort === null) throw new Error('RUM: rumWorker is no module to import; openInThread runs it');
const port = parentPort;
const { url, options, build }: ThreadData = workerData;
if (build !== BUILD) {
  const message = `the app was built with ${build}, and what is installed is ${BUILD}: build the app again`;
  throw Object.assign(new Error(message), { code: OTHER_VERSION });
}
const log = createLog(console.error, Date.now);

let opening: Promise<ThreadCalls> | null = null;

function open(): Promise<ThreadCalls> {
  if (opening !== null) return opening;
  const begun = openStore(url, options).then(callsOf);
  opening = begun;
  begun.catch(() => {
    // Whoever awaits it learns the reason; the next one tries anew.
    opening = null;
  });
  return begun;
}

function callsOf(store: RumStore): ThreadCalls {
  const intakes = new Map<string, Intake>();
  const intakeOf = (config: string): Intake => {
    const intake = intakes.get(config) ?? createIntake(store, JSON.parse(config), log);
    intakes.set(config, intake);
    return intake;
  };
  return {
    ...store,
    open: async () => undefined,
    rollUp: (options) => store.rollUp({ ...options, ...clockOf(options) }),
    retain: (options) => store.retain({ ...options, ...clockOf(options) }),
    watch: (options) => store.watch({ ...options, ...clockOf(options) }),
    keepFindings: (options) => store.keepFindings(clockOf(options)),
    takeBatch: (config, letter) => intakeOf(config).take(letter),
    finishBatches: () => ingestOf(store).idle(),
    ingestState: async () => ingestOf(store).state(),
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
}: ThreadCall<Name>): Promise<ThreadReply> {
  try {
    const calls = await open();
    // TypeScript does not see that a method's own parameters fit it: https://github.com/microsoft/TypeScript/issues/30581
    const run = calls[name] as (...given: Parameters<ThreadCalls[Name]>) => Promise<unknown>;
    return { call, kind: 'done', value: await run(...parameters) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { call, kind: 'failed', code: storeFailure(error), message, share: storeShare(error) };
  }
}

const post = createOutbox<ThreadReply>((replies) => {
  port.postMessage(replies);
  // Nothing keeps the thread alive any more, so it ends.
  if (closed) port.close();
});
let closed = false;

port.on('message', (calls: readonly ThreadCall[]) => {
  for (const call of calls) {
    void answer(call).then((reply) => {
      closed ||= call.name === 'close';
      post(reply);
    });
  }
});
