import type { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Address that the connection of the request being answered comes from. Empty where it is not known: not behind Node's own HTTP
 * server, a request that began before {@link watchConnections}, a connection without one, such as a Unix socket.
 */
export function connectionAddress(): string {
  return shared[CONNECTIONS]?.getStore() ?? '';
}

/**
 * Has the HTTP servers of this process tell where each request comes from, which a `Request` does not say. Once a process,
 * however often this module is bundled. Where there is no Node.js nothing is told.
 *
 * @see https://nodejs.org/api/diagnostics_channel.html#http
 */
export function watchConnections(): void {
  if (shared[CONNECTIONS] !== undefined) return;
  // Asked for at run time, because bundles for the edge have neither module.
  const hooks = process.getBuiltinModule?.('node:async_hooks');
  const diagnostics = process.getBuiltinModule?.('node:diagnostics_channel');
  if (hooks === undefined || diagnostics === undefined) return;
  const connections = new hooks.AsyncLocalStorage<string>();
  shared[CONNECTIONS] = connections;
  diagnostics.subscribe('http.server.request.start', (message) => {
    const { socket } = message as { readonly socket: { readonly remoteAddress?: string } };
    // The server calls its listeners next, in the same turn, so that all they do goes on from here.
    connections.enterWith(socket.remoteAddress ?? '');
  });
}

const CONNECTIONS: unique symbol = Symbol.for('@rumkit/next-rum/connections');
const shared = globalThis as { [CONNECTIONS]?: AsyncLocalStorage<string> };
