import type { ReactElement } from 'react';
import type { Insight } from '../../server/api.js';
import { QuietForm } from '../QuietForm.js';
import { useChange } from '../saved/savedQueries.js';

const WORDS = { quiet: 'Snooze', again: 'Wake' };

/** Lets nobody be told of an incident for a while, or lets it be told again. */
export function SnoozeForm({
  insight: { id, snoozedUntil },
}: {
  readonly insight: Pick<Insight, 'id' | 'snoozedUntil'>;
}): ReactElement {
  const change = useChange('insights');
  return (
    <QuietForm
      isQuiet={snoozedUntil !== null}
      words={WORDS}
      denied="Only admins snooze"
      change={change}
      onChange={(hours) => change.mutate(hours === null ? { do: 'wake', id } : { do: 'snooze', id, hours })}
    />
  );
}
