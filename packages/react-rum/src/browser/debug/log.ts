import type { Answer } from '../transport/answer.js';
import { isSettled } from '../transport/isSettled.js';
import { formatBytes, formatCount, formatMs } from './format.js';
import { summarize } from './summarize.js';
import type { Outcome, SentItem } from './watchBeforeSend.js';

const BADGE = 'background:#3b2a8c;color:#fff;border-radius:3px;padding:0 4px';

const OUTCOMES: { readonly [outcome in Outcome]: string } = {
  captured: '',
  dropped: 'dropped by beforeSend: ',
  threw: 'lost, beforeSend threw: ',
};

/** One line on the console, with what it is about to look into. */
export function say(text: string, ...details: unknown[]): void {
  console.debug(`%cRUM%c ${text}`, BADGE, '', ...details);
}

export function logItem(item: SentItem, outcome: Outcome): void {
  say(`${OUTCOMES[outcome]}${summarize(item)}`, item);
}

/**
 * @param text Body of the request.
 * @param status Of the answer; 0: none came.
 * @param duration From sending to the answer, in ms.
 */
export function logBatch(
  items: readonly SentItem[],
  text: string,
  status: number,
  answer: Answer,
  duration: number,
): void {
  const sent = `${formatCount(items.length, 'item')}, ${formatBytes(new Blob([text]).size)}`;
  console.groupCollapsed(`%cRUM%c ${sent} → ${verdict(status, answer)} · ${formatMs(duration)}`, BADGE, '');
  for (const item of items) console.debug(summarize(item), item);
  for (const { reason, ...rejected } of answer.rejected ?? []) console.debug(`refused: ${reason}`, rejected);
  console.debug('answer', answer);
  console.groupEnd();
}

/** What an answer means for a batch. */
export function verdict(status: number, { error, rejected = [] }: Answer): string {
  if (status === 0) return 'no answer, goes again';
  if (!isSettled(status)) return `${status}, goes again`;
  // A collector says what was wrong.
  if (status === 404 && !error) return '404 refused: there is no collector at the endpoint';
  if (status !== 202) return `${status} refused${error ? `: ${error}` : ''}`;
  return rejected.length ? `202 stored, ${rejected.length} refused` : '202 stored';
}
