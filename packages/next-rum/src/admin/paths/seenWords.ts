import type { SessionsResponse } from '../../server/api.js';
import { formatCount } from '../format.js';
import type { TimeFormat } from '../timeFormat.js';

/** Which views something was told from: `the latest 30,000 views, since 23 Nov, 14:05`. */
export function seenWords({ views, since, complete }: SessionsResponse['seen'], time: TimeFormat): string {
  const counted = `${formatCount(views)} ${views === 1 ? 'view' : 'views'}`;
  return complete ? `all ${counted}` : `the latest ${counted}, since ${time.moment(since)}`;
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
