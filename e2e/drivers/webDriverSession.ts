/** A session of the W3C WebDriver protocol. */
export interface WebDriverSession {
  get<Result>(path: string): Promise<Result>;
  post<Result>(path: string, body?: unknown): Promise<Result>;
  delete<Result>(path?: string): Promise<Result>;
}

/**
 * Opens a session. The client libraries for this protocol need a newer Node.js than the project, or bring drivers of
 * other browsers that they download.
 *
 * @param driver Origin of the driver, such as `http://127.0.0.1:4444`.
 * @see https://www.w3.org/TR/webdriver2/#endpoints
 */
export async function openWebDriverSession(driver: string): Promise<WebDriverSession> {
  const { sessionId } = await command<{ sessionId: string }>('POST', `${driver}/session`, {
    capabilities: { alwaysMatch: { timeouts: { implicit: 15_000, pageLoad: 30_000, script: 30_000 } } },
  });
  const session = `${driver}/session/${sessionId}`;
  return {
    get: (path) => command('GET', `${session}/${path}`),
    post: (path, body = {}) => command('POST', `${session}/${path}`, body),
    delete: (path = '') => command('DELETE', path ? `${session}/${path}` : session),
  };
}

async function command<Result>(method: string, url: string, body?: unknown): Promise<Result> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
    signal: AbortSignal.timeout(60_000),
  });
  const { value } = (await response.json()) as { value: unknown };
  if (!response.ok) {
    const { error, message } = value as { error: string; message: string };
    throw new Error(`WebDriver ${method} ${new URL(url).pathname}: ${error}: ${message}`);
  }
  return value as Result;
}
