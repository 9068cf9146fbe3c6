import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { rateVital } from '../../analysis/rating.js';
import type { LiveView } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { formatAge, formatVital } from '../format.js';
import { Answer, Panel } from '../Panel.js';
import { RouteLink } from '../pages/RouteLink.js';
import { RatingMark } from '../Rating.js';
import { Skeleton } from '../Skeleton.js';
import type { Live } from './liveQueries.js';
import { NobodyYet } from './NobodyYet.js';
import './LivePanel.css';

/** Height of one row in px, as in the style sheet. */
const ROW_HEIGHT = 52;

const SKELETON_ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** The latest views as they come in. */
export function LivePanel({ query }: { readonly query: UseQueryResult<Live> }): ReactElement {
  const { state } = useAddress();
  return (
    <Panel title="Latest views" className="rum-live" aside="Last 30 minutes">
      <Answer
        query={query}
        failure="The live views could not be loaded"
        empty={({ views }) => (views.length > 0 ? null : <NobodyYet question={state.question} />)}
      >
        {(live) => (live === undefined ? <LoadingList /> : <LiveList views={live.views} now={live.now} />)}
      </Answer>
    </Panel>
  );
}

interface LiveListProps {
  readonly views: readonly LiveView[];
  /** The server's clock, epoch ms. */
  readonly now: number;
}

function LiveList({ views, now }: LiveListProps): ReactElement {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region needs focus to be scrolled by keys
    <section className="rum-live-scroll" aria-label="Scrolling list" tabIndex={0}>
      <ol>
        {views.map((view, index) => (
          // Rows are moved by transform, because browsers count every other way of moving them as a layout shift.
          <li key={view.id} style={{ transform: `translateY(${index * ROW_HEIGHT}px)` }}>
            <LiveRow view={view} now={now} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function LiveRow({ view, now }: { readonly view: LiveView; readonly now: number }): ReactElement {
  const { lcp } = view.vitals;
  const facts = [view.device === 'unknown' ? null : view.device, view.browser, view.country];
  return (
    <>
      <span className="rum-live-route">
        <RouteLink route={view.route} />
      </span>
      <span className="rum-live-vital">
        {lcp === null ? null : (
          <>
            <RatingMark rating={rateVital('lcp', lcp)} compact />{' '}
            <abbr title="Largest Contentful Paint">LCP</abbr> {formatVital('lcp', lcp)}
          </>
        )}
      </span>
      <span className="rum-live-facts">
        {view.sample ? <span className="rum-tag">sample</span> : null}
        {view.path === view.route ? null : <bdi title={view.path}>{view.path}</bdi>}
        {facts.map((fact) => (fact === null ? null : <span key={fact}>{fact}</span>))}
      </span>
      <time className="rum-live-age" dateTime={new Date(view.startedAt).toISOString()}>
        {formatAge(now - view.startedAt)}
      </time>
    </>
  );
}

function LoadingList(): ReactElement {
  return (
    <div className="rum-live-scroll" aria-busy="true">
      <ol className="rum-live-loading">
        {SKELETON_ROWS.map((row) => (
          <li key={row}>
            <span className="rum-live-route">
              <Skeleton size="l" />
            </span>
            <span className="rum-live-vital">
              <Skeleton size="s" />
            </span>
            <span className="rum-live-facts">
              <Skeleton />
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
