import { StoreError } from '../store/store.js';
import { createOutbox } from './createOutbox.js';
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

/**
 * The thread's code as a file that Node.js can run: the package's own, beside or below which this module was bundled, or the one
 * that the app in the working directory has installed. Null where neither is there, as in a bundle that was moved alone.
 *
 * Asked of Node.js at run time, since bundlers differ: Turbopack of Next 16.4 would bundle `new Worker(new URL(…))`, that of
 * 16.0 breaks at it, and webpack emits it where Node.js finds nothing.
 */
export function threadFile(): string | null {
  const { createRequire } = process.getBuiltinModule('node:module');
  for (const base of [import.meta.url, `${process.cwd()}/package.json`]) {
    try {
      return createRequire(base).resolve(MODULE);
    } catch {
      // Not from there.
    }
  }
  return null;
}

/** Rows live until their commit. With more room for them the garbage collector looks at fewer that are still needed: a tenth less work. */
const YOUNG_GENERATION_MB = 64;

/** In the package's exports. */
const MODULE = '@rumkit/next-rum/thread';

/**
 * Starts the thread. It does not keep the process alive but for as long as something was asked of it.
 *
 * @param file From {@link threadFile}.
 * @param url Of the database.
 */
export function startThread(file: string, url: string): RumThread {
  const data: ThreadData = { url };
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

  function fail(reason: string): void {
    end ??= new StoreError('unavailable', `RUM: ${reason}`);
    for (const { reject } of pending.values()) reject(end);
    pending.clear();
  }

  worker.on('message', (replies: readonly ThreadReply[]) => {
    spoke = true;
    for (const reply of replies) {
      settle(reply.call, (asked) =>
        reply.kind === 'done'
          ? asked.resolve(reply.value)
          : asked.reject(new StoreError(reply.code, reply.message)),
      );
    }
  });
  worker.once('error', (error) => fail(`the thread of the store failed — ${error.message}`));
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
    isStillborn: () => end !== null && !spoke,
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
