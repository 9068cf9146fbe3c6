import { setTimeout as sleep } from 'node:timers/promises';
import type { LiveResponse } from '../api.js';
import { reasonOf } from '../log.js';
import { storeFailure } from '../storeFailure.js';
import type { Asked } from './dataRoute.js';

/** ms from one look to the next, and how many times as long as a look takes, so that it is at most a tenth of the database's work. */
const PACE = 1000;
const REST = 9;
/** After which a stream ends, ms: the browser comes again by itself, and whether it may is asked anew. */
const LENGTH = 60_000;
/**
 * Looks again and again and tells what there is where it changed, else what time it is (https://html.spec.whatwg.org/multipage/server-sent-events.html).
 *
 * @param ended Called once, whichever way it ends.
 */
export function eventStream(
  { clock, signal, ending, log }: Pick<Asked, 'clock' | 'signal' | 'ending' | 'log'>,
  look: (now: number) => Promise<LiveResponse>,
  ended: () => void,
): Response {
  const gone = new AbortController();
  const stopped = AbortSignal.any([signal, gone.signal]);
  const encoder = new TextEncoder();

  async function tell(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    const say = (text: string): void => controller.enqueue(encoder.encode(text));
    const until = clock() + LENGTH;
    let last = '';
    say('retry: 1000\n\n');
    while (!stopped.aborted && !ending() && clock() < until) {
      const began = performance.now();
      const { now, ...rest } = await look(clock());
      const text = JSON.stringify(rest);
      // To one that reads too slowly the next look is told.
      if ((controller.desiredSize ?? 0) > 0) {
        // The time goes on, and proxies see that the stream is alive.
        say(`data: ${JSON.stringify(text === last ? { now } : { now, ...rest })}\n\n`);
        last = text;
      }
      await sleep(Math.max(PACE, REST * (performance.now() - began)), undefined, { signal: stopped });
    }
  }

  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      void tell(controller)
        .catch((error: unknown) => {
          // Whoever has gone needs no more; else the browser comes again and is told then.
          if (!stopped.aborted) log('stream_ended', { code: storeFailure(error), reason: reasonOf(error) });
        })
        .then(() => {
          ended();
          if (!gone.signal.aborted) controller.close();
        });
    },
    cancel() {
      gone.abort();
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream',
      // Not to be gathered by whatever compresses or buffers on the way.
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}
