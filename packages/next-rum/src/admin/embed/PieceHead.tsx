import type { ReactElement } from 'react';
import type { ResolvedRange } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { Link } from '../address/Link.js';
import type { Page } from '../address/page.js';
import { estimateWords } from '../estimateWords.js';
import { PauseIcon } from '../icons.js';
import { Skeleton } from '../Skeleton.js';
import { useWiden } from './EmbeddedAddress.js';

interface PieceHeadProps {
  readonly title: string;
  /** Which time the piece tells of; undefined while loading, null where nothing is told. */
  readonly range: ResolvedRange | null | undefined;
  /** One of how many single views its figures are counted from. */
  readonly oneIn?: number;
  /** Where the admin says more of it. */
  readonly more: Page;
}

/** What the piece is, of which time, and whether its figures keep coming. */
export function PieceHead({ title, range, oneIn, more }: PieceHeadProps): ReactElement {
  const { state, time, change } = useAddress();
  const widen = useWiden();
  const words = state.paused ? 'Paused' : 'Live';
  return (
    <header className="rum-embed-head">
      <h2>
        <Link to={more}>
          <bdi>{title}</bdi>
        </Link>
      </h2>
      <p className="rum-muted">
        {range === undefined ? (
          <Skeleton size="l" />
        ) : range === null ? null : (
          [time.span(range.from, range.to), estimateWords(oneIn)].filter(Boolean).join(' · ')
        )}
      </p>
      {widen === null ? null : (
        <button type="button" className="rum-quiet" onClick={widen}>
          Whole time
        </button>
      )}
      <button
        type="button"
        className="rum-quiet rum-connection"
        data-status={state.paused ? 'paused' : 'success'}
        title={state.paused ? 'Let figures come again' : 'Keep figures as they are'}
        aria-label={`${words} – ${state.paused ? 'resume' : 'pause'} ${title}`}
        onClick={() => change({ paused: !state.paused })}
      >
        {state.paused ? <PauseIcon /> : null}
        {words}
      </button>
    </header>
  );
}
