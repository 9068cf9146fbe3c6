import type { QueryClient } from '@tanstack/react-query';
import { type AdminApi, createAdminApi } from '../adminApi.js';
import { createQueryClient } from '../queryClient.js';

/** What the pieces of a page share, so that what two of them ask is asked once. */
export interface Room {
  readonly api: AdminApi;
  readonly client: QueryClient;
  /** Calls `listener` when the server refuses the viewer. Gives what ends that. */
  onRefused(listener: () => void): () => void;
}

const rooms = new Map<string, Room>();

/**
 * The room of all pieces that ask one collector.
 *
 * @param endpoint Path where the browser finds the collector route, such as `/api/rum`.
 */
export function roomAt(endpoint: string): Room {
  // What a server renders is for one viewer and must not be seen by the next.
  if (typeof window === 'undefined') return openRoom(endpoint, fetchHere);
  const room = rooms.get(endpoint) ?? openRoom(endpoint, fetchHere);
  rooms.set(endpoint, room);
  return room;
}

/** A room for pieces that only hold their places: it asks nobody. */
export function waitingRoom(): Room {
  return openRoom('', () => new Promise(() => {}));
}

const fetchHere: typeof fetch = (input, init) => fetch(input, init);

function openRoom(endpoint: string, send: typeof fetch): Room {
  const listeners = new Set<() => void>();
  const client = createQueryClient(() => {
    // Whoever comes next may be somebody else.
    client.clear();
    for (const listener of listeners) listener();
  });
  return {
    api: createAdminApi(endpoint, send),
    client,
    onRefused(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
