import { BUILD } from '#build';
import { StoreError } from '../store/storeError.js';
import { createOutbox } from './createOutbox.js';
import {
  type OpenOptions,
  OTHER_VERSION,
  type ThreadCall,
  type ThreadCalls,
  type ThreadData,
  type ThreadReply,
} from './threadCalls.js';

/** A thread that has the store of one database. */
export interface RumThread {
  /** Rejects with what the store says, or with `unavailable` where the thread ended. */
  call<Name extends keyof ThreadCalls>(
    name: Name,
    ...parameters: Parameters<ThreadCalls[Name]>
  ): ReturnType<ThreadCalls[Name]>;
  readonly hasEnded: () => boolean;
  /** Why it ended before it said anything, so that the thread's code cannot be run here; null where it did not. */
  readonly stillborn: () => Stillborn | null;
  /** Closes the store and waits for the end of the thread. */
  close(): Promise<void>;
}

export interface Stillborn {
  readonly reason: 'other_version' | 'failed';
  readonly detail: string;
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: StoreError) => void;
}

/** Rows live until their commit. With more room for them the garbage collector looks at fewer that are still needed: a tenth less work. */
const YOUNG_GENERATION_MB = 64;

/**
 * Starts the thread. It does not keep the process alive but for as long as something was asked of it.
 *
 * @param file From `findThread`.
 * @param url Of the database.
 */
export function startThread(file: string, url: string, options: OpenOptions): RumThread {
  const data: ThreadData = { url, options, build: BUILD };
  const { Worker } = process.getBuiltinModule('node:worker_threads');
  const worker = new Worker(file, {
    name: 'rum',
    // What this process was started with, such as a script on the command line, is not meant for the thread.
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    workerData: data,
  });
  worker.unref();
  const pending = new Map<number, Pending>();
  let calls = 0;
  let spoke = false;
  let end: StoreError | null = null;
  let reason: Stillborn['reason'] = 'failed';
  let detail = '';

  function fail(message: string): void {
    if (end === null) detail = message;
    end ??= new StoreError('unavailable', `RUM: ${message}`);
    for (const { reject } of pending.values()) reject(end);
    pending.clear();
  }

  worker.on('message', (replies: readonly ThreadReply[]) => {
    spoke = true;
    for (const reply of replies) {
      settle(reply.call, (asked) =>
        reply.kind === 'done'
          ? asked.resolve(reply.value)
          : asked.reject(new StoreError(reply.code, reply.message, { share: reply.share })),
      );
    }
  });
  worker.once('error', (error) => {
    if ('code' in error && error.code === OTHER_VERSION) reason = OTHER_VERSION;
    fail(`the thread of the store failed — ${error.message}`);
  });
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', (code) => {
      fail(code === 0 ? 'the store is closed' : `the thread of the store ended with code ${code}`);
      resolve();
    });
  });

  function settle(call: number, how: (asked: Pending) => void): void {
    const asked = pending.get(call);
    pending.delete(call);
    if (pending.size === 0) worker.unref();
    if (asked !== undefined) how(asked);
  }

  function send(calls: readonly ThreadCall[]): void {
    try {
      worker.postMessage(calls);
    } catch (cause) {
      // One of them holds what cannot be cloned: that one fails, the others go.
      const [first] = calls;
      if (calls.length > 1) for (const call of calls) send([call]);
      else if (first !== undefined) settle(first.call, ({ reject }) => reject(notCloned(first.name, cause)));
    }
  }
  const post = createOutbox(send);

  function ask(call: ThreadCall): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (end !== null) {
        reject(end);
        return;
      }
      pending.set(call.call, { resolve, reject });
      worker.ref();
      post(call);
    });
  }

  const call: RumThread['call'] = (name, ...parameters) => {
    calls += 1;
    // The thread answers each call with what that call gives.
    return ask({ call: calls, name, parameters }) as ReturnType<ThreadCalls[typeof name]>;
  };

  return {
    call,
    hasEnded: () => end !== null,
    stillborn: () => (end === null || spoke ? null : { reason, detail }),
    close: async () => {
      await call('close');
      // Nothing else may keep the process from ending before it has.
      worker.ref();
      await exited;
    },
  };
}

function notCloned(name: string, cause: unknown): StoreError {
  return new StoreError('internal', `RUM: what ${name} was given is no plain data`, { cause });
}
