import type { ReactElement } from 'react';
import type { Told } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { formatCount } from '../format.js';

interface ToldNoteProps {
  /** Undefined while loading. */
  readonly told: Told | undefined;
  /** What they are, such as `requests`. */
  readonly what: string;
}

/** What all figures of a page were counted in. */
export function ToldNote({ told, what }: ToldNoteProps): ReactElement | null {
  const { time } = useAddress();
  if (told === undefined) return null;
  const { events, since, complete } = told;
  return (
    <p className="rum-muted rum-told">
      {complete
        ? `Of all ${formatCount(events)} ${what} of this time`
        : events === 0
          ? 'None is kept of this time any more'
          : `Of the latest ${formatCount(events)} ${what}, since ${time.moment(since)}`}
    </p>
  );
}
