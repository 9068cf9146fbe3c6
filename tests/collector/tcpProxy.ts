import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket, connect as tcpConnect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

/** What a network does to the connections through it. */
export interface TcpProxy {
  /** The database URL, through the proxy. */
  readonly url: string;
  /** Holds every packet back for so long, ms, in each direction. */
  delay(ms: number): void;
  /**
   * Of every three commits lets the server do one and then cuts the connection before its answer gets through. Resolves when
   * so many were cut.
   */
  cutAfterCommits(count: number): Promise<void>;
  /** From now on nothing gets through and nobody is told. Connections of that time stay dead after {@link TcpProxy.heal}. */
  silence(): void;
  heal(): void;
}

/** How PostgreSQL says that a transaction is committed: the tag of CommandComplete. */
const COMMITTED = Buffer.from('COMMIT\0');

/** Puts a proxy before a PostgreSQL server; gone after the test. */
export async function startTcpProxy(databaseUrl: string, finished = onTestFinished): Promise<TcpProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const dead = new WeakSet<Socket>();
  let delayMs = 0;
  let commits = 0;
  let toCut = 0;
  let done = () => {};
  let silent = false;

  function isCut(data: Buffer): boolean {
    if (toCut === 0 || !data.includes(COMMITTED)) return false;
    commits += 1;
    if (commits % 3 !== 0) return false;
    toCut -= 1;
    if (toCut === 0) done();
    return true;
  }

  function pipe(from: Socket, to: Socket, client: Socket, look: (data: Buffer) => boolean): void {
    let last = Promise.resolve();
    const inOrder = (step: () => void) => {
      const ms = delayMs;
      const due = ms === 0 ? undefined : sleep(ms);
      last = last.then(() => due).then(step);
    };
    from.on('data', (data) => {
      if (dead.has(client)) return;
      if (look(data)) {
        from.destroy();
        to.destroy();
        return;
      }
      inOrder(() => void to.write(data));
    });
    from.on('close', () => {
      if (!dead.has(client)) inOrder(() => void to.destroy());
    });
    // What follows an error is `close`.
    from.on('error', () => undefined);
  }

  const server = createServer((client) => {
    const upstream = tcpConnect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('close', () => sockets.delete(socket));
    }
    if (silent) dead.add(client);
    clients.add(client);
    client.on('close', () => clients.delete(client));
    pipe(client, upstream, client, () => false);
    pipe(upstream, client, client, isCut);
  });
  const clients = new Set<Socket>();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  finished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const url = new URL(databaseUrl);
  url.port = `${(server.address() as AddressInfo).port}`;
  url.hostname = '127.0.0.1';
  return {
    url: url.href,
    delay: (ms) => {
      delayMs = ms;
    },
    cutAfterCommits: (count) => {
      toCut = count;
      return new Promise((resolve) => {
        done = resolve;
      });
    },
    silence: () => {
      silent = true;
      for (const client of clients) dead.add(client);
    },
    heal: () => {
      silent = false;
    },
  };
}
