import { useQuery } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import type { Rating } from '../../analysis/rating.js';
import type { HealthPart, HealthResponse, IngestSums, JobHealth, ThreadHealth } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { formatAge, formatCount, NO_VALUE } from '../format.js';
import { Answer, Panel } from '../Panel.js';
import { healthQuery } from '../queries.js';
import { RatingIcon } from '../Rating.js';
import { Skeleton } from '../Skeleton.js';
import './HealthPanel.css';

/** What became of everything that was sent, and whether the jobs beside the requests run. */
export function HealthPanel(): ReactElement {
  const { state } = useAddress();
  const query = useQuery(healthQuery(useApi(), state));
  return (
    <Panel title="What came in" className="rum-health" aside="Last 24 hours">
      <Answer query={query} failure="The data health could not be loaded">
        {(health) => (
          <>
            <Sums items={health?.lastDay?.items} loading={health === undefined} />
            <dl className="rum-facts" aria-busy={health === undefined}>
              {health === undefined ? <LoadingFacts /> : <Facts health={health} />}
            </dl>
          </>
        )}
      </Answer>
    </Panel>
  );
}

interface SumsProps {
  /** Undefined where they are not known. */
  readonly items: IngestSums['items'] | undefined;
  readonly loading: boolean;
}

function Sums({ items, loading }: SumsProps): ReactElement {
  const sums: readonly [label: string, count: number | undefined][] = [
    ['Received', items?.received],
    ['Accepted', items?.accepted],
    ['Duplicate', items?.duplicate],
    ['Rejected', items === undefined ? undefined : sumOf(items.rejected)],
  ];
  return (
    <dl className="rum-totals">
      {sums.map(([label, count]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{count !== undefined ? formatCount(count) : loading ? <Skeleton size="s" /> : NO_VALUE}</dd>
        </div>
      ))}
    </dl>
  );
}

function Facts({ health }: { readonly health: HealthResponse }): ReactElement {
  const { now, lastDay, deadLetters, jobs, store, unread } = health;
  const noThread = store.thread?.state === 'shared' ? NO_THREAD[store.thread.reason] : null;
  return (
    <>
      <Fact label="Jobs">
        {jobs.length === 0 ? (
          NO_VALUE
        ) : (
          <ul className="rum-jobs">
            {jobs.map((job) => (
              <Job key={job.name} job={job} now={now} />
            ))}
          </ul>
        )}
      </Fact>
      <Fact label="Rejected as">
        {lastDay === null ? NO_VALUE : reasons(lastDay.items.rejected) || NO_VALUE}
      </Fact>
      {lastDay !== null && sumOf(lastDay.batches.refused) > 0 ? (
        <Fact label="Requests refused">{reasons(lastDay.batches.refused)}</Fact>
      ) : null}
      {lastDay !== null && sumOf(lastDay.batches.deferred) > 0 ? (
        <Fact label="Requests put off">{reasons(lastDay.batches.deferred)}, to come again</Fact>
      ) : null}
      {deadLetters !== null && deadLetters > 0 ? (
        <Fact label="Put aside">{formatCount(deadLetters)} that the database refused</Fact>
      ) : null}
      {unread.length > 0 ? (
        <Fact label="Not read">{unread.map((part) => PART_NAMES[part]).join(' · ')}</Fact>
      ) : null}
      {noThread !== null ? <Fact label="Store">In the app’s thread: {noThread}</Fact> : null}
    </>
  );
}

function LoadingFacts(): ReactElement {
  return (
    <>
      <Fact label="Jobs">
        <Skeleton size="l" />
      </Fact>
      <Fact label="Rejected as">
        <Skeleton />
      </Fact>
    </>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactElement {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Why requests of the app wait for the store's work; null where that is as it should be. */
const NO_THREAD: {
  readonly [reason in Extract<ThreadHealth, { readonly state: 'shared' }>['reason']]: string | null;
} = {
  serverless: null,
  not_found: 'the code of its own was not found',
  other_version: 'the app was built with another version, build it again',
  failed: 'its own could not be started',
};

const PART_NAMES: { readonly [part in HealthPart]: string } = {
  'store.thread': 'where the store works',
  buffer: 'what waits',
  lastCommit: 'last commit',
  lastFailure: 'last failure',
  lastHour: 'last hour',
  lastDay: 'last 24 hours',
  deadLetters: 'what was put aside',
  deadLetterReasons: 'why it was',
  jobs: 'jobs',
};

const JOB_NAMES: { readonly [name: string]: string } = {
  rollup: 'Rollups',
  retention: 'Retention',
  watch: 'Watching',
  findings: 'Comparisons and trends',
  partitions: 'Partitions',
};
const JOB_STATES: {
  readonly [state in JobHealth['state']]: { readonly rating: Rating; readonly word: string };
} = {
  ok: { rating: 'good', word: 'OK' },
  late: { rating: 'needsImprovement', word: 'late' },
  failed: { rating: 'poor', word: 'failed' },
};

/** @param now The server's clock, epoch ms. */
function Job({ job, now }: { readonly job: JobHealth; readonly now: number }): ReactElement {
  const { name, state, lastRunAt, error, note } = job;
  const { rating, word } = JOB_STATES[state];
  const ran = lastRunAt === null ? 'not run yet' : `ran ${formatAge(now - lastRunAt)}`;
  return (
    <li>
      <span className="rum-rating" data-rating={rating}>
        <RatingIcon rating={rating} />
        {JOB_NAMES[name] ?? name} {word}
      </span>{' '}
      · {[ran, error, note].filter((part) => part !== null).join(' · ')}
    </li>
  );
}

/** `2 invalid · 1 unknown type`; empty where nothing was counted. */
function reasons(counts: { readonly [reason: string]: number }): string {
  return Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => `${formatCount(count)} ${reason.replaceAll('_', ' ')}`)
    .join(' · ');
}

function sumOf(counts: { readonly [reason: string]: number }): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
