import { Fragment, type ReactElement } from 'react';
import type { SessionsResponse } from '../../server/api.js';
import { shownColumns } from '../activity/listing.js';
import { useAddress } from '../address/Address.js';
import { Link } from '../address/Link.js';
import { valueLabel } from '../dimensions.js';
import { formatAge, formatCount, formatVital, NO_VALUE } from '../format.js';
import { ScrollRegion } from '../Panel.js';
import { RatingMark } from '../Rating.js';
import { SkeletonRows } from '../Skeleton.js';
import { VITALS } from '../vitals.js';
import { formatSpan } from './seenWords.js';
import '../table.css';
import '../pages/PagesTable.css';

type Session = SessionsResponse['sessions'][number];

export const SESSION_HEADS = [
  { id: 'began', label: 'Began' },
  { id: 'way', label: 'From – to' },
  { id: 'visitor', label: 'Visitor' },
  { id: 'views', label: 'Views' },
  { id: 'length', label: 'Length' },
  { id: 'errors', label: 'Errors' },
  { id: 'frustrations', label: 'Frustrations' },
  { id: 'worst', label: 'Worst vital' },
] as const;
type Head = (typeof SESSION_HEADS)[number];

interface SessionsTableProps {
  /** Undefined while loading. */
  readonly sessions: readonly Session[] | undefined;
  /** Epoch ms, against which ages are told. */
  readonly now: number;
}

export function SessionsTable({ sessions, now }: SessionsTableProps): ReactElement {
  const { state } = useAddress();
  const heads = shownColumns(SESSION_HEADS, state.listing.hide, 'sessions');
  return (
    <ScrollRegion label="Sessions table" busy={sessions === undefined}>
      <table>
        <thead>
          <tr>
            {heads.map(({ id, label }) => (
              <th key={id} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sessions === undefined ? (
            <SkeletonRows rows={10} columns={heads.length} />
          ) : (
            sessions.map((session) => <Row key={session.id} session={session} now={now} heads={heads} />)
          )}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

interface RowProps {
  readonly session: Session;
  readonly now: number;
  readonly heads: readonly Head[];
}

function Row({ session, now, heads }: RowProps): ReactElement {
  const { time } = useAddress();
  const { id, startedAt, duration, views, entry, exit, country, device, browser, os, userId } = session;
  const cells: { readonly [column in Head['id']]: ReactElement } = {
    began: (
      <th scope="row">
        <span className="rum-cell">
          <Link to={{ name: 'session', id }} className="rum-route-link">
            <time dateTime={new Date(startedAt).toISOString()}>{time.moment(startedAt)}</time>
          </Link>
          <small>{formatAge(Math.max(now - startedAt, 0))}</small>
        </span>
      </th>
    ),
    way: (
      <td>
        <span className="rum-cell">
          <bdi title={entry}>{entry}</bdi>
          <small>{views === 1 ? 'and no further' : <>→ {<bdi title={exit}>{exit}</bdi>}</>}</small>
        </span>
      </td>
    ),
    visitor: (
      <td>
        <span className="rum-cell">
          <bdi>{userId ?? [device, browser].filter(Boolean).join(' · ')}</bdi>
          <small>
            <bdi>
              {[os, country === null ? null : valueLabel('country', country)].filter(Boolean).join(' · ') ||
                NO_VALUE}
            </bdi>
          </small>
        </span>
      </td>
    ),
    views: <td>{formatCount(views)}</td>,
    length: <td>{formatSpan(duration)}</td>,
    errors: <Trouble count={session.errors} />,
    frustrations: <Trouble count={session.frustrations} />,
    worst: (
      <td>
        <Worst worst={session.worst} />
      </td>
    ),
  };
  return (
    <tr>
      {heads.map((head) => (
        <Fragment key={head.id}>{cells[head.id]}</Fragment>
      ))}
    </tr>
  );
}

function Trouble({ count }: { readonly count: number }): ReactElement {
  return <td className={count === 0 ? 'rum-muted' : 'rum-session-trouble'}>{formatCount(count)}</td>;
}

function Worst({ worst }: Pick<Session, 'worst'>): ReactElement {
  if (worst === null) return <span className="rum-muted">{NO_VALUE}</span>;
  const { name, value, rating } = worst;
  return (
    <span className="rum-vital-text">
      <RatingMark rating={rating} compact /> {VITALS.find((vital) => vital.name === name)?.short}{' '}
      {formatVital(name, value)}
    </span>
  );
}
