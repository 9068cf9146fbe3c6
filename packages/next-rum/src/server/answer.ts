import { type BatchError, type BatchReceipt, RECEIPT_HEADER, writeReceipt } from '@rumkit/react-rum/protocol';
import type { Log } from './log.js';
import type { Deferral, RowMarks } from './meter.js';
import { batchError, json } from './respond.js';

/** What is said about a batch. */
export type Answer =
  | { readonly kind: 'accepted'; readonly receipt: BatchReceipt; readonly marks: RowMarks }
  | { readonly kind: 'refused'; readonly status: number; readonly error: BatchError }
  | {
      readonly kind: 'deferred';
      readonly reason: Deferral;
      readonly message: string;
      /** Seconds, where they are known better than from the reason. */
      readonly retryAfter?: number;
    };

/** It is sent again later. */
export function deferred(reason: Deferral, message: string): Extract<Answer, { kind: 'deferred' }> {
  return { kind: 'deferred', reason, message };
}

/** It is not sent again. */
export function refused(status: number, error: BatchError): Extract<Answer, { kind: 'refused' }> {
  return { kind: 'refused', status, error };
}

/** Status, and seconds that an agent is asked to wait: a full queue is written within one, a database takes longer. */
const DEFERRALS: { readonly [reason in Deferral]: readonly [status: number, retryAfter: number] } = {
  busy: [503, 1],
  draining: [503, 5],
  rate_limited: [429, 60],
  timeout: [408, 1],
  unavailable: [503, 5],
  failed: [503, 5],
};

/** @param cors Headers that let the page read the answer. */
export function respondTo(answer: Answer, cors: Readonly<Record<string, string>>, log: Log): Response {
  switch (answer.kind) {
    case 'accepted':
      return receiptResponse(answer.receipt, cors);
    case 'refused': {
      const { status, error } = answer;
      log('batch_refused', { status, error: error.error, message: error.message });
      return batchError(status, error, cors);
    }
    case 'deferred': {
      const { reason, message } = answer;
      const [status, usual] = DEFERRALS[reason];
      const error = reason === 'rate_limited' ? reason : 'unavailable';
      // A server ends when its connections do, and a sender that keeps one open would come to the same instance again.
      const connection: Readonly<Record<string, string>> =
        reason === 'draining' ? { connection: 'close' } : {};
      return batchError(
        status,
        { error, message },
        { ...cors, ...connection, 'retry-after': String(answer.retryAfter ?? usual) },
      );
    }
    default:
      return answer satisfies never;
  }
}

/** Without a body where there is nothing to explain: for Next, a body costs as much as all that the collector does besides. */
function receiptResponse(receipt: BatchReceipt, cors: Readonly<Record<string, string>>): Response {
  const headers = { ...cors, [RECEIPT_HEADER]: writeReceipt(receipt) };
  const { rejected } = receipt;
  if (rejected.length > 0) return json(202, { rejected }, headers);
  return new Response(null, {
    status: 202,
    // Without a length Node.js sends the end of an empty body as a chunk.
    headers: { 'content-length': '0', 'cache-control': 'no-store', ...headers },
  });
}
