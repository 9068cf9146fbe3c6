import type { Readable, Writable } from 'node:stream';

/** Sends a command of the DevTools protocol and resolves with its result. */
export type Send = <Result = unknown>(method: string, params?: object) => Promise<Result>;

export interface DevTools {
  /** Without a session: to the browser itself. */
  sender(sessionId?: string): Send;
  /** Resolves at the session's next event of this name. */
  next(event: string, sessionId: string): Promise<void>;
  /** Fails what waits and all that comes after. */
  fail(error: Error): void;
}

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Call {
  resolve(message: Message): void;
  reject(error: Error): void;
}

const TIMEOUT_MS = 60_000;

/** Speaks the DevTools protocol over a browser's pipe: JSON, each message ended by a NUL. */
export function openDevTools(output: Writable, input: Readable): DevTools {
  const calls = new Map<number, Call>();
  const listeners = new Map<string, (() => void)[]>();
  let failure: Error | null = null;
  let lastId = 0;
  let rest = '';

  input.setEncoding('utf8');
  input.on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\0');
    rest = parts.pop() ?? '';
    for (const part of parts) receive(JSON.parse(part) as Message);
  });
  output.on('error', fail);

  function receive(message: Message): void {
    if (message.id !== undefined) {
      calls.get(message.id)?.resolve(message);
      return;
    }
    const key = `${message.sessionId} ${message.method}`;
    const waiting = listeners.get(key) ?? [];
    listeners.delete(key);
    for (const resolve of waiting) resolve();
  }

  function fail(error: Error): void {
    failure ??= error;
    for (const { reject } of calls.values()) reject(failure);
  }

  async function call(method: string, params: object, sessionId: string | undefined): Promise<Message> {
    if (failure) throw failure;
    lastId += 1;
    const id = lastId;
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      return await new Promise<Message>((resolve, reject) => {
        calls.set(id, { resolve, reject });
        timer = setTimeout(() => reject(new Error(`${method}: no answer in ${TIMEOUT_MS} ms.`)), TIMEOUT_MS);
        output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
      });
    } finally {
      clearTimeout(timer);
      calls.delete(id);
    }
  }

  return {
    sender:
      (sessionId) =>
      async <Result>(method: string, params: object = {}) => {
        const { result, error } = await call(method, params, sessionId);
        if (error) throw new Error(`${method}: ${error.message}`);
        return result as Result;
      },
    next: (event, sessionId) =>
      new Promise((resolve) => {
        const key = `${sessionId} ${event}`;
        listeners.set(key, [...(listeners.get(key) ?? []), resolve]);
      }),
    fail,
  };
}
