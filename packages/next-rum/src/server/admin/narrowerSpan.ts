import type { ApiError } from '../api.js';
import type { RumConfig } from '../config.js';
import { readQuestion, spanWords } from '../question.js';
import { resolveRange } from '../range.js';
import { toRetention } from '../retention.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Of what was read in time, how much is asked for again: the next read may find the database busier. */
const MARGIN = 0.8;

/** What was asked, and of it only what says of which time. */
interface Wide {
  /** Null where no other time can be asked for. */
  readonly parameters: URLSearchParams | null;
  readonly config: Pick<RumConfig, 'retention'>;
  /** Epoch ms. */
  readonly now: number;
}

/**
 * The body that answers a question which took too long: what to ask instead.
 *
 * @param told What happened, without a full stop.
 * @param share How much of the time asked for was read, from its begin on, 0–1; null where that is not known.
 */
export function tooSlowBody(told: string, share: number | null, wide: Wide): ApiError {
  const span = narrowerSpan(share, wide);
  if (span === null)
    return { error: 'too_slow', message: `${told}: ask for a shorter time, or for fewer filters` };
  const length = spanWords(span.to - span.from);
  return { error: 'too_slow', message: `${told}: ask for its last ${length}, or for fewer filters`, ...span };
}

/** The end of the time asked for that should be read in time, at least an hour; null where it is no longer than that. */
function narrowerSpan(share: number | null, { parameters, config, now }: Wide): Span | null {
  if (parameters === null) return null;
  const asked = resolveRange(readQuestion(parameters).range, now, toRetention(config.retention));
  const present = Math.ceil(now / MINUTE) * MINUTE;
  // What is still to come has no rows.
  const to = asked.from < present ? Math.min(asked.to, present) : asked.to;
  const wanted = (asked.to - asked.from) * (share === null ? 0.5 : share * MARGIN);
  const unit = wanted >= 2 * DAY ? DAY : HOUR;
  const length = Math.max(HOUR, Math.floor(wanted / unit) * unit);
  return length < to - asked.from ? { from: to - length, to } : null;
}

interface Span {
  readonly from: number;
  readonly to: number;
}
