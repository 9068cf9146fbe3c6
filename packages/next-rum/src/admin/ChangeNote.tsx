import type { VitalName } from '@rumkit/react-rum/protocol';
import type { ReactElement } from 'react';
import { type Change, changeWords } from './change.js';
import { formatVital } from './format.js';
import './ChangeNote.css';

interface ChangeNoteProps {
  readonly metric: VitalName;
  /** Null where one of the two spans has no value. */
  readonly change: Change | null;
  /** Leave out what the column or the sentence around says already. */
  readonly compact?: boolean;
}

/** How a vital changed, and whether by more than chance, in words and not by colour alone. */
export function ChangeNote({ metric, change, compact = false }: ChangeNoteProps): ReactElement {
  if (change === null) return <span className="rum-muted">{compact ? '—' : 'Nothing to compare with'}</span>;
  const { certain, direction, from } = change;
  const arrow = direction === 'same' ? '' : change.to > from ? '↑ ' : '↓ ';
  return (
    <span className="rum-change" data-direction={certain ? direction : undefined}>
      <span title={`${formatVital(metric, from)} before`}>
        <span aria-hidden="true">{arrow}</span>
        {changeWords(metric, change)}
      </span>
      {direction === 'same' ? null : (
        <small>
          {certain ? (compact ? '' : 'more than chance') : compact ? 'by chance?' : 'may be chance'}
        </small>
      )}
    </span>
  );
}
