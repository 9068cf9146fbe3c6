import type { ReactElement } from 'react';
import type { SampledTold } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { formatCount } from '../format.js';

interface ToldNoteProps {
  /** Undefined while loading. */
  readonly told: SampledTold | undefined;
  /** What they are, such as `requests`. */
  readonly what: string;
}

/** What all figures of a page were counted in. */
export function ToldNote({ told, what }: ToldNoteProps): ReactElement {
  const { time } = useAddress();
  // An empty line holds the place.
  return <p className="rum-muted rum-told">{told === undefined ? '\u00a0' : words(told)}</p>;

  function words({ events, of, since, complete }: SampledTold): string {
    if (complete) return `Of all ${formatCount(events)} ${what} of this time`;
    if (events === 0) return 'None is kept of this time any more';
    if (of !== null)
      return `Of a sample of ${formatCount(events)} of ${formatCount(of)} ${what}, from all over this time`;
    return `Of the latest ${formatCount(events)} ${what}, since ${time.moment(since)}`;
  }
}
