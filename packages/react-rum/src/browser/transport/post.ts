import type { Answer } from './answer.js';

const TIMEOUT_MS = 30_000;
const LONGEST_RETRY_AFTER_MS = 3_600_000;
/** Makes a gzip body; undefined where that is not worth it. */
export type Compress = (text: string) => Promise<Blob | undefined>;

/**
 * Sends a request body. Never rejects.
 *
 * @param compress Not given where the page may be going: there is no time then.
 */
export async function post(
  fetch: typeof globalThis.fetch,
  url: string,
  text: string,
  keepalive: boolean,
  compress: Compress | undefined,
): Promise<Answer> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  let body: BodyInit = text;
  let status = 0;
  let retryAfter = 0;
  let answer: object = {};
  try {
    // Without it, the request must be made in this task.
    const compressed = compress && (await compress(text));
    if (compressed) {
      body = compressed;
      headers['content-encoding'] = 'gzip';
    }
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      keepalive,
      // A collector that never answers must not hold up what comes after.
      signal: AbortSignal.timeout?.(TIMEOUT_MS),
    });
    status = response.status;
    const wait = response.headers.get('retry-after') ?? '';
    // Seconds or an HTTP date.
    retryAfter = Math.min(+wait * 1000 || Date.parse(wait) - Date.now() || 0, LONGEST_RETRY_AFTER_MS);
    answer = await response.json();
  } catch {
    // Offline, aborted or blocked: whether it arrived is unknown. Or the answer is no JSON: its status decides.
  }
  return { ...answer, status, retryAfter };
}
