import { Fragment, type ReactElement, useId, useState } from 'react';
import {
  causePlace,
  causeShare,
  errorPlace,
  incidentName,
  incidentWords,
} from '../../analysis/insights/incidentWords.js';
import type { Rating } from '../../analysis/rating.js';
import type { Insight } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { Link } from '../address/Link.js';
import { formatCount } from '../format.js';
import { RatingIcon } from '../Rating.js';
import { CallLink } from './CallLink.js';
import { EvidencePanel } from './EvidencePanel.js';
import { changeFor, pageOf } from './insightLinks.js';
import { SnoozeForm } from './SnoozeForm.js';

interface InsightCardProps {
  readonly insight: Insight;
  /** Whether its hours are shown from the beginning. */
  readonly isOpen: boolean;
  /** What it is ranked by, in words, where it is among others. */
  readonly impact?: string;
}

/** One incident: what it is, where it comes from, whom it affects, and what it is told from. */
export function InsightCard({ insight, isOpen, impact }: InsightCardProps): ReactElement {
  const { time, state } = useAddress();
  const [open, setOpen] = useState(isOpen);
  const titleId = useId();
  const { sentence, affected } = incidentWords(insight, time.moment);
  const { causes, errors, explainedFrom, openedAt, release, ended, together } = insight;
  return (
    <article className="rum-panel rum-insight" aria-labelledby={titleId}>
      <header>
        <State insight={insight} />
        <p className="rum-muted">
          {affected} · noticed {time.moment(openedAt)}
          {impact === undefined ? '' : ` · ${impact}`}
        </p>
      </header>
      <h2 id={titleId}>
        <Link to={pageOf(insight)} change={changeFor(insight, [insight.where], state.question)}>
          <bdi>{sentence}</bdi>
        </Link>
      </h2>
      {ended === null || release === null ? null : (
        <p>
          Release <bdi>{release.release}</bdi> was first seen {time.moment(release.at)}.
        </p>
      )}
      {together.length === 0 ? null : (
        <p>
          One incident with{' '}
          {together.map((other, place) => (
            <Fragment key={other.id}>
              {place === 0 ? '' : place === together.length - 1 ? ' and ' : ', '}
              <Link to={{ name: 'insight', id: other.id }}>
                <bdi>{incidentName(other)}</bdi>
              </Link>
            </Fragment>
          ))}
          .
        </p>
      )}
      {causes.length === 0 ? null : (
        <ol className="rum-insight-causes" aria-label="Where it comes from, likeliest first">
          {causes.map((cause) => (
            <li key={JSON.stringify(cause.places)}>
              {causeShare(cause)}{' '}
              <Link to={pageOf(insight)} change={changeFor(insight, cause.places, state.question)}>
                <bdi>{causePlace(cause)}</bdi>
              </Link>{' '}
              <CallLink cause={cause} change={changeFor(insight, cause.places, state.question)} />
              <span className="rum-muted">
                ({formatCount(cause.count)} of {formatCount(cause.n)} views, {formatCount(cause.expected)}{' '}
                usual)
              </span>
            </li>
          ))}
        </ol>
      )}
      {errors.length === 0 ? null : (
        <ol className="rum-insight-causes" aria-label="Errors, most frequent first">
          {errors.map((error) => (
            <li key={error.fingerprint}>
              <Link
                to={{ name: 'error', fingerprint: error.fingerprint }}
                change={changeFor(insight, [], state.question)}
              >
                <bdi>{error.title ?? error.fingerprint}</bdi>
              </Link>{' '}
              <bdi>{errorPlace(error)}</bdi>{' '}
              <span className="rum-muted">
                ({formatCount(error.events)} times to {formatCount(error.visitors)}{' '}
                {error.visitors === 1 ? 'visitor' : 'visitors'} when it was noticed
                {error.lastBefore === null ? '' : `; before that last seen ${time.moment(error.lastBefore)}`})
              </span>
            </li>
          ))}
        </ol>
      )}
      {explainedFrom === null ? null : (
        <p className="rum-muted rum-insight-told">
          Told from {formatCount(explainedFrom)} single views. Each line is another way to say it, likeliest
          first.
        </p>
      )}
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>Hour by hour</summary>
        {open ? <EvidencePanel id={insight.id} label={sentence} /> : null}
      </details>
      {ended === null ? <SnoozeForm insight={insight} /> : null}
    </article>
  );
}

function State({ insight }: { readonly insight: Insight }): ReactElement {
  const { time } = useAddress();
  const { ended, snoozedUntil } = insight;
  const [rating, words]: readonly [Rating, string] =
    ended !== null
      ? ['good', 'Over']
      : snoozedUntil !== null
        ? ['needsImprovement', `Snoozed until ${time.moment(snoozedUntil)}`]
        : ['poor', 'Open'];
  return (
    <p className="rum-rating" data-rating={rating}>
      <RatingIcon rating={rating} />
      {words}
    </p>
  );
}
