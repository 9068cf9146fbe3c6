import { after } from 'next/server.js';
import type { Rum, WaitUntil } from '../server/rum.js';

/** The exports of a Next route file. */
export interface RumHandlers {
  readonly GET: (request: Request) => Promise<Response>;
  readonly POST: (request: Request) => Promise<Response>;
  readonly OPTIONS: (request: Request) => Promise<Response>;
}

/**
 * Mounts the collector and the admin API in a catch-all route below `endpoint`.
 *
 * @example
 * ```ts
 * // app/api/rum/[...rum]/route.ts
 * import { createRumHandlers } from '@rumkit/next-rum';
 * import { rum } from '@/lib/rum';
 *
 * export const { GET, POST, OPTIONS } = createRumHandlers(rum);
 * ```
 */
export function createRumHandlers(rum: Rum): RumHandlers {
  const handle = (request: Request) => rum.handle(request, waitUntil);
  return { GET: handle, POST: handle, OPTIONS: handle };
}

const waitUntil: WaitUntil = (work) => {
  try {
    after(work);
  } catch {
    // It needs a request that Next.js is answering, on a host that lets work go on after the answer. Elsewhere the work is done
    // as well, as long as the process lasts.
  }
};
