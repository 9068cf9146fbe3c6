import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { SessionResponse } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { Link } from '../address/Link.js';
import { ApiFailure } from '../adminApi.js';
import { useApi } from '../apiContext.js';
import { valueLabel } from '../dimensions.js';
import { formatCount, formatVital, NO_VALUE } from '../format.js';
import { PageHead } from '../frame/PageHead.js';
import { EmptyNotice } from '../Notice.js';
import { Answer, Panel } from '../Panel.js';
import { RatingMark } from '../Rating.js';
import { Skeleton } from '../Skeleton.js';
import { VITALS } from '../vitals.js';
import { sessionQuery } from './pathQueries.js';
import { formatSpan } from './seenWords.js';
import { TimelinePanel } from './timeline/TimelinePanel.js';
import '../charts/charts.css';
import './Sessions.css';

/** One session in full, by the id of its first view. */
export function SessionPage({ id }: { readonly id: string }): ReactElement {
  const { state, time } = useAddress();
  const query = useQuery(sessionQuery(useApi(), state, id));
  const isGone = query.error instanceof ApiFailure && query.error.status === 404;
  const session = isGone ? undefined : query.data;
  const title = session === undefined ? 'Session' : `Session of ${time.moment(session.startedAt)}`;
  return (
    <>
      <p className="rum-crumb">
        <Link to={{ name: 'sessions' }}>Sessions</Link> <span aria-hidden="true">/</span>
      </p>
      <PageHead title={title} range={null} />
      {isGone ? (
        <section className="rum-panel rum-session-gone">
          <EmptyNotice title="This session is gone">
            Sessions are told from single views, and those of this one are no longer kept, or never came.
          </EmptyNotice>
        </section>
      ) : (
        <>
          <Panel title="What is known" className="rum-session-facts" query={query}>
            <Answer query={query} failure="The session could not be loaded">
              {(given) => <Summary session={given} />}
            </Answer>
            {session === undefined ? null : (
              <p className="rum-panel-foot rum-muted">{privacyWords(session)}</p>
            )}
          </Panel>
          {session === undefined ? null : <TimelinePanel session={session} />}
          {session === undefined || session.complete ? null : (
            <p className="rum-muted" role="note">
              This session has more views or events than are shown here: the first{' '}
              {formatCount(session.viewList.length)} views and {formatCount(session.events.length)} events.
            </p>
          )}
        </>
      )}
    </>
  );
}

function privacyWords({ privacy, keptDays }: SessionResponse): string {
  const kept = `Single views and events are kept for ${keptDays} days; then this page has nothing to show.`;
  return privacy === 'strict'
    ? `Strict privacy: nobody can tell who this was. It is told apart from others by a pseudonym that changes every day and is not shown. ${kept}`
    : `Visitors gave their consent: what the application says of the user is shown. ${kept}`;
}

type Tell = (session: SessionResponse) => ReactElement | string;

const FACTS: readonly (readonly [label: string, tell: Tell])[] = [
  ['Length', ({ duration }) => formatSpan(duration)],
  ['Views', ({ views }) => formatCount(views)],
  ['Errors', ({ errors }) => formatCount(errors)],
  ['Frustrations', ({ frustrations }) => formatCount(frustrations)],
  ['Worst vital', ({ worst }) => <Worst worst={worst} />],
];

function Worst({ worst }: Pick<SessionResponse, 'worst'>): ReactElement {
  if (worst === null) return <>{NO_VALUE}</>;
  const short = VITALS.find(({ name }) => name === worst.name)?.short;
  return (
    <>
      <RatingMark rating={worst.rating} compact /> {formatVital(worst.name, worst.value)}{' '}
      <small>{short}</small>
    </>
  );
}

function Summary({ session }: { readonly session: SessionResponse | undefined }): ReactElement {
  return (
    <>
      <dl className="rum-totals" data-columns="5" aria-busy={session === undefined}>
        {FACTS.map(([label, tell]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{session === undefined ? <Skeleton size="s" /> : tell(session)}</dd>
          </div>
        ))}
      </dl>
      <dl className="rum-facts">
        {session === undefined
          ? null
          : knownOf(session).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <bdi className="rum-fact-text">{value}</bdi>
                </dd>
              </div>
            ))}
      </dl>
    </>
  );
}

function knownOf(session: SessionResponse): readonly (readonly [name: string, value: string])[] {
  const { userId, userTraits, country, viewport } = session;
  const known: readonly (readonly [name: string, value: string | null])[] = [
    ['User', userId],
    ...Object.entries(userTraits ?? {}).map(
      ([name, value]) =>
        [`User: ${name}`, typeof value === 'string' ? value : JSON.stringify(value)] as const,
    ),
    ['Began at', session.entry],
    ['Ended at', session.exit],
    ['Country', country === null ? null : valueLabel('country', country)],
    ['Device', session.device],
    ['Browser', session.browser],
    ['System', session.os],
    ['Language', session.language],
    ['Connection', session.connection],
    ['Viewport', viewport === null ? null : `${viewport[0]} × ${viewport[1]}`],
    ['Release', session.release],
    ['Environment', session.environment],
  ];
  return known.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
}
