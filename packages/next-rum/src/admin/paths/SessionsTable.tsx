import type { ReactElement } from 'react';
import type { SessionsResponse } from '../../server/api.js';
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

const HEADS = ['Began', 'From – to', 'Visitor', 'Views', 'Length', 'Errors', 'Frustrations', 'Worst vital'];

interface SessionsTableProps {
  /** Undefined while loading. */
  readonly sessions: readonly Session[] | undefined;
  /** Epoch ms, against which ages are told. */
  readonly now: number;
}

export function SessionsTable({ sessions, now }: SessionsTableProps): ReactElement {
  return (
    <ScrollRegion label="Sessions table" busy={sessions === undefined}>
      <table>
        <thead>
          <tr>
            {HEADS.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sessions === undefined ? (
            <SkeletonRows rows={10} columns={HEADS.length} />
          ) : (
            sessions.map((session) => <Row key={session.id} session={session} now={now} />)
          )}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Row({ session, now }: { readonly session: Session; readonly now: number }): ReactElement {
  const { time } = useAddress();
  const { id, startedAt, duration, views, entry, exit, country, device, browser, os, userId } = session;
  return (
    <tr>
      <th scope="row">
        <span className="rum-cell">
          <Link to={{ name: 'session', id }} className="rum-route-link">
            <time dateTime={new Date(startedAt).toISOString()}>{time.moment(startedAt)}</time>
          </Link>
          <small>{formatAge(Math.max(now - startedAt, 0))}</small>
        </span>
      </th>
      <td>
        <span className="rum-cell">
          <bdi title={entry}>{entry}</bdi>
          <small>{views === 1 ? 'and no further' : <>→ {<bdi title={exit}>{exit}</bdi>}</>}</small>
        </span>
      </td>
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
      <td>{formatCount(views)}</td>
      <td>{formatSpan(duration)}</td>
      <Trouble count={session.errors} />
      <Trouble count={session.frustrations} />
      <td>
        <Worst worst={session.worst} />
      </td>
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
