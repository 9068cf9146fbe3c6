import type { SessionsResponse } from '../../server/api.js';
import { formatCount } from '../format.js';
import type { TimeFormat } from '../timeFormat.js';

/** Which views something was told from: `a sample of 8,000 of 1,204,332 views, spread over this time`. */
export function seenWords(
  { views, of, since, complete }: SessionsResponse['seen'],
  time: TimeFormat,
): string {
  const counted = `${formatCount(views)} ${views === 1 ? 'view' : 'views'}`;
  if (complete) return `all ${counted}`;
  if (of === null || of <= views) return `the latest ${counted}, since ${time.moment(since)}`;
  return `a sample of ${formatCount(views)} of ${formatCount(of)} views, of whole sessions from all over this time`;
}

/** How long something took, from ms: `45 s`, `3 min 5 s`, `1 h 12 min`. */
export function formatSpan(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return ms < 10_000 && ms % 1000 !== 0 ? `${(ms / 1000).toFixed(1)} s` : `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min${seconds % 60 === 0 ? '' : ` ${seconds % 60} s`}`;
  const hours = Math.floor(minutes / 60);
  return `${hours} h${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`}`;
}
