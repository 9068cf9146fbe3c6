const TIMEOUT = 10_000;
const MOST_OF_ANSWER = 200;

/**
 * Posts a body and waits for a status of 2xx, 10 s at most. Redirects are not followed: whoever is told is who was named.
 *
 * @throws Error With the status, and the beginning of the answer.
 */
export async function postJson(
  send: typeof fetch,
  url: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const response = await send(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT),
  });
  if (response.ok) {
    await response.body?.cancel();
    return;
  }
  const text = await response.text();
  throw new Error(`it was answered with ${response.status} ${text.slice(0, MOST_OF_ANSWER)}`.trim());
}
