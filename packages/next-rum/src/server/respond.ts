import type { BatchError } from '@rumkit/react-rum/protocol';
import type { ApiError } from './api.js';

/** A JSON answer that no cache keeps. */
export function json(status: number, body: unknown, headers?: Readonly<Record<string, string>>): Response {
  const text = JSON.stringify(body);
  return new Response(text, {
    status,
    headers: {
      'content-type': 'application/json',
      // Without it Node.js sends chunks, and each of them with a system call.
      'content-length': String(Buffer.byteLength(text)),
      'cache-control': 'no-store',
      ...headers,
    },
  });
}

/** An answer of the admin API that is not 2xx. */
export function apiError(
  status: number,
  error: ApiError,
  headers?: Readonly<Record<string, string>>,
): Response {
  return json(status, error, headers);
}

/** An answer of the collector that is not 2xx. */
export function batchError(
  status: number,
  error: BatchError,
  headers?: Readonly<Record<string, string>>,
): Response {
  return json(status, error, headers);
}
