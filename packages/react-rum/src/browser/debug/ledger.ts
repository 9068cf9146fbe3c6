import type { LossReason } from '../../protocol/index.js';
import type { Answer } from '../transport/answer.js';
import { isSettled } from '../transport/isSettled.js';
import { formatMs } from './format.js';
import { verdict } from './log.js';
import type { Outcome, SentItem } from './watchBeforeSend.js';

/** What this page has captured and sent, in numbers. */
export interface Ledger {
  /** Items that wait for the collector's answer. */
  waiting(): number;
  /** Batches that are settled. */
  settled(): number;
  /** The last answer in words; undefined before the first one. */
  lastAnswer(): string | undefined;
  dropped(): number;
  losses(): readonly (readonly [reason: LossReason, count: number])[];
  take(item: SentItem, outcome: Outcome): void;
  /** @param duration From sending to the answer, in ms. */
  answer(ids: readonly string[], status: number, answer: Answer, duration: number): void;
}

export function createLedger(): Ledger {
  const waiting = new Set<string>();
  const losses = new Map<LossReason, number>();
  let settled = 0;
  let dropped = 0;
  let lastAnswer: string | undefined;

  return {
    waiting: () => waiting.size,
    settled: () => settled,
    lastAnswer: () => lastAnswer,
    dropped: () => dropped,
    losses: () => [...losses],
    take(item, outcome) {
      if (outcome === 'captured') waiting.add(item.id);
      if (outcome === 'dropped') dropped += 1;
      if ('type' in item && item.type === 'loss') {
        losses.set(item.reason, item.count + (losses.get(item.reason) ?? 0));
      }
    },
    answer(ids, status, answer, duration) {
      lastAnswer = `${verdict(status, answer)} · ${formatMs(duration)}`;
      if (!isSettled(status)) return;
      settled += 1;
      for (const id of ids) waiting.delete(id);
    },
  };
}
