import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { newId } from '@rumkit/react-rum/protocol';

/** A collector in a process of its own. */
export interface CollectorProcess {
  readonly process: ChildProcess;
  /** Of its batch route. */
  readonly url: string;
  /** Resolves with how it ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  /** Posts one event; resolves with whether it was acknowledged, also where the connection broke. */
  readonly post: (id: string) => Promise<boolean>;
}

export async function startCollector(database: string): Promise<CollectorProcess> {
  const child = spawn(process.execPath, [new URL('server.mjs', import.meta.url).pathname, database], {
    // It logs every refusal, and refusals are what some tests make.
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  void ended.then(() => process.off('exit', kill));
  const [line] = await once(child.stdout, 'data');
  const url = `http://127.0.0.1:${String(line).trim()}/api/rum/batch`;
  return {
    process: child,
    url,
    ended,
    post: async (id) => {
      const at = Date.now();
      const event = { type: 'custom', id, viewId: id, at, route: '/', name: 'kept' };
      const batch = { v: 1, app: 'default', sentAt: at, sessionId: newId(at), views: [], events: [event] };
      try {
        const response = await fetch(url, {
          method: 'POST',
          body: JSON.stringify(batch),
          headers: {
            'content-type': 'application/json',
            'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0',
          },
        });
        return response.status === 202 && (await response.text()).includes('"rejected":[]');
      } catch {
        // The process is gone: nothing was acknowledged.
        return false;
      }
    },
  };
}
