import { type Batch, type BatchContext, PROTOCOL_VERSION } from '../../protocol/index.js';
import type { QueueItem } from './queue.js';

/** What holds for every batch of a page. */
export type BatchHead = Pick<Batch, 'app' | 'sessionId' | 'release' | 'environment'>;

/** More than the text around the items of a batch can take, in bytes. */
export const ENVELOPE_BYTES = 2000;

/**
 * Writes a request body. `sentAt` is the time of writing: the collector corrects the browser's clock with it.
 *
 * @param sentAt Epoch ms.
 */
export function writeBatch(
  head: BatchHead,
  context: BatchContext,
  items: readonly QueueItem[],
  sentAt: number,
): string {
  const envelope = JSON.stringify({ v: PROTOCOL_VERSION, ...head, sentAt, context });
  const list = (kind: QueueItem['kind']): string =>
    items
      .filter((item) => item.kind === kind)
      .map((item) => item.json)
      .join();
  return `${envelope.slice(0, -1)},"views":[${list('view')}],"events":[${list('event')}]}`;
}

/** Facts about browser and screen, as they are now. */
export function batchContext(): BatchContext {
  const { connection } = navigator as Navigator & { connection?: { effectiveType?: string } };
  return {
    viewportWidth: Math.round(innerWidth),
    viewportHeight: Math.round(innerHeight),
    connection: connection?.effectiveType,
    language: navigator.language || undefined,
    automated: navigator.webdriver === true,
  };
}
