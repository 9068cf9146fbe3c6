import { Worker } from 'node:worker_threads';
import { StoreError } from '../store/store.js';
import type { ThreadCall, ThreadCalls, ThreadData, ThreadReply } from './threadCalls.js';

/** A thread that has the store of one database. */
export interface RumThread {
  /** Rejects with what the store says, or with `unavailable` where the thread ended. */
  call<Name extends keyof ThreadCalls>(
    name: Name,
    ...parameters: Parameters<ThreadCalls[Name]>
  ): ReturnType<ThreadCalls[Name]>;
  readonly hasEnded: () => boolean;
  /** Whether it ended before it said anything: the thread's code cannot be run here. */
  readonly isStillborn: () => boolean;
  /** Closes the store and waits for the end of the thread. */
  close(): Promise<void>;
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: StoreError) => void;
}

/** Starts the thread. It does not keep the process alive but for as long as something was asked of it. */
export function startThread(url: string): RumThread {
  const data: ThreadData = { url };
  // Written so that bundlers see it and bundle the thread's code too.
  const worker = new Worker(new URL('./rumWorker.js', import.meta.url), {
    name: 'rum',
    // What this process was started with, such as a script on the command line, is not meant for the thread.
    execArgv: [],
    workerData: data,
  });
  worker.unref();
  const pending = new Map<number, Pending>();
  let calls = 0;
  let spoke = false;
  let end: StoreError | null = null;

  function fail(reason: string): void {
    end ??= new StoreError('unavailable', `RUM: ${reason}`);
    for (const { reject } of pending.values()) reject(end);
    pending.clear();
  }

  worker.on('message', (reply: ThreadReply) => {
    spoke = true;
    const asked = pending.get(reply.call);
    pending.delete(reply.call);
    if (pending.size === 0) worker.unref();
    if (reply.kind === 'done') asked?.resolve(reply.value);
    else asked?.reject(new StoreError(reply.code, reply.message));
  });
  worker.once('error', (error) => fail(`the thread of the store failed — ${error.message}`));
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', (code) => {
      fail(code === 0 ? 'the store is closed' : `the thread of the store ended with code ${code}`);
      resolve();
    });
  });

  function post(call: ThreadCall): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (end !== null) {
        reject(end);
        return;
      }
      pending.set(call.call, { resolve, reject });
      worker.ref();
      worker.postMessage(call);
    });
  }

  const call: RumThread['call'] = (name, ...parameters) => {
    calls += 1;
    // The thread answers each call with what that call gives.
    return post({ call: calls, name, parameters }) as ReturnType<ThreadCalls[typeof name]>;
  };

  return {
    call,
    hasEnded: () => end !== null,
    isStillborn: () => end !== null && !spoke,
    close: async () => {
      await call('close');
      // Nothing else may keep the process from ending before it has.
      worker.ref();
      await exited;
    },
  };
}
