import type { ErrorsResponse } from '../../server/api.js';
import { formatCount } from '../format.js';
import type { TimeFormat } from '../timeFormat.js';

/** Which events something was read from: `the latest 5,000 events, since 23 Nov, 14:05`. */
export function toldWords(
  { oneIn, told: { events, since, complete } }: Pick<ErrorsResponse, 'oneIn' | 'told'>,
  time: TimeFormat,
): string {
  if (events === 0) return 'no event: none of them is kept any more';
  const counted = `${formatCount(events)} ${events === 1 ? 'event' : 'events'}`;
  if (oneIn > 1) return `${counted} from all over this time`;
  return complete ? `all ${counted}` : `the latest ${counted}, since ${time.moment(since)}`;
}
