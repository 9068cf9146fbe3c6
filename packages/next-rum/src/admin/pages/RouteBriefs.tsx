import type { ReactElement } from 'react';
import type { RequestKind } from '../../analysis/requests/requestKey.js';
import { requestTitle } from '../../analysis/requests/requestTitle.js';
import { ActionName } from '../actions/ActionName.js';
import { BriefPanel } from '../activity/BriefPanel.js';
import { formatDuration, P75, Share } from '../activity/figures.js';
import { DEFAULT_LISTING } from '../activity/listing.js';
import { useAddress } from '../address/Address.js';
import { Link } from '../address/Link.js';
import { useApi } from '../apiContext.js';
import { TIMING_NAMES } from '../components/timingWords.js';
import { valueLabel } from '../dimensions.js';
import { formatCount, formatShare } from '../format.js';
import { actionsQuery, breakdownQuery, errorsQuery, requestsQuery, timingsQuery } from '../queries.js';
import '../errors/Errors.css';

/** What else is known of one route, in brief: each part leads to the page that tells it in full. */
export function RouteBriefs(): ReactElement {
  return (
    <div className="rum-side-by-side">
      <Referrers />
      <Requests {...CALLS} />
      <Requests {...FILES} />
      <Errors />
      <Actions />
      <Timings />
    </div>
  );
}

function Referrers(): ReactElement {
  const { state } = useAddress();
  const query = breakdownQuery(useApi(), state, 'referrer');
  return (
    <BriefPanel
      title="Referrers"
      query={query}
      to={{ name: 'vitals', metric: state.metric }}
      change={{ by: 'referrer' }}
      rowsOf={({ rows }) =>
        rows.map((row) => ({ ...row, all: rows.reduce((sum, { views }) => sum + views, 0) }))
      }
      keyOf={({ value }) => value}
      empty="No view of this time passes the filters."
      columns={[
        {
          id: 'name',
          label: 'From',
          of: ({ value }) => value,
          show: ({ value }) => (
            <span className="rum-figure-name">
              <bdi>{valueLabel('referrer', value)}</bdi>
            </span>
          ),
        },
        { id: 'n', label: 'Views', of: ({ views }) => views, show: ({ views }) => formatCount(views) },
        {
          id: 'share',
          label: 'Share',
          of: ({ views }) => views,
          show: ({ views, all }) => formatShare(views, all),
        },
      ]}
    />
  );
}

interface RequestsProps {
  readonly kind: RequestKind;
  readonly title: string;
  /** Of the column that names them. */
  readonly label: string;
  readonly empty: string;
}

const CALLS: RequestsProps = {
  kind: 'requests',
  title: 'Requests',
  label: 'Request',
  empty: 'No script made one in this time in a view that passes the filters.',
};

const FILES: RequestsProps = {
  kind: 'files',
  title: 'Files',
  label: 'File',
  empty: 'None was loaded in this time by views that pass the filters.',
};

/** What scripts asked for, or what the page loaded: the one waits for a server's answer, the other for bytes. */
function Requests({ kind, title, label, empty }: RequestsProps): ReactElement {
  const { state } = useAddress();
  const listing = { ...DEFAULT_LISTING, kind };
  const query = requestsQuery(useApi(), state, listing);
  return (
    <BriefPanel
      title={title}
      query={query}
      to={{ name: 'requests' }}
      change={{ listing }}
      rowsOf={({ rows }) => rows}
      keyOf={({ key }) => key}
      empty={empty}
      columns={[
        {
          id: 'name',
          label,
          of: ({ name }) => name,
          show: (row) => (
            <span className="rum-figure-name">
              <Link to={{ name: 'request', key: row.key }} className="rum-route-link">
                <bdi title={requestTitle(row)}>{requestTitle(row)}</bdi>
              </Link>
            </span>
          ),
        },
        { id: 'n', label: 'Count', of: ({ n }) => n, show: ({ n }) => formatCount(n) },
        {
          id: 'p75',
          label: 'p75',
          of: ({ duration }) => duration.p75,
          show: ({ duration }) => <P75 {...duration} />,
        },
        {
          id: 'failed',
          label: 'Failed',
          of: ({ failedShare }) => failedShare,
          show: ({ failed, n, aborted, failedInterval }) => (
            <Share part={failed} whole={n - aborted} interval={failedInterval} />
          ),
        },
      ]}
    />
  );
}

function Errors(): ReactElement {
  const { state } = useAddress();
  const query = errorsQuery(useApi(), state);
  return (
    <BriefPanel
      title="Errors"
      query={query}
      to={{ name: 'errors' }}
      rowsOf={({ groups }) => groups}
      keyOf={({ fingerprint }) => fingerprint}
      empty="None happened in this time."
      columns={[
        {
          id: 'name',
          label: 'Error',
          of: ({ title }) => title,
          show: ({ title, fingerprint }) => {
            const words = title ?? `Error ${fingerprint.slice(0, 8)}`;
            return (
              <span className="rum-figure-name">
                {fingerprint === '(other)' ? (
                  'Other errors'
                ) : (
                  <Link to={{ name: 'error', fingerprint }} className="rum-route-link">
                    <bdi title={words}>{words}</bdi>
                  </Link>
                )}
              </span>
            );
          },
        },
        { id: 'n', label: 'Events', of: ({ events }) => events, show: ({ events }) => formatCount(events) },
        {
          id: 'visitors',
          label: 'Visitors',
          of: ({ visitors }) => visitors,
          show: ({ visitors }) => formatCount(visitors),
        },
      ]}
    />
  );
}

function Actions(): ReactElement {
  const { state } = useAddress();
  const query = actionsQuery(useApi(), state);
  return (
    <BriefPanel
      title="Actions"
      query={query}
      to={{ name: 'actions' }}
      rowsOf={({ rows }) => rows}
      keyOf={({ name, kind, target, route }) => JSON.stringify([name, kind, target, route])}
      empty="Nobody did anything on it in this time."
      columns={[
        { id: 'name', label: 'Action', of: ({ name }) => name, show: (row) => <ActionName {...row} /> },
        { id: 'n', label: 'Times', of: ({ n }) => n, show: ({ n }) => formatCount(n) },
        {
          id: 'p75',
          label: 'Settled p75',
          of: ({ duration }) => duration.p75,
          show: ({ duration }) => <P75 {...duration} />,
        },
        {
          id: 'frustrations',
          label: 'Frustrated',
          title: 'Rage · dead · error clicks',
          of: ({ rage, dead, error }) => rage + dead + error,
          show: ({ rage, dead, error }) => [rage, dead, error].map(formatCount).join(' · '),
        },
      ]}
    />
  );
}

function Timings(): ReactElement {
  const { state } = useAddress();
  const query = timingsQuery(useApi(), state, 'all');
  return (
    <BriefPanel
      title="Components"
      query={query}
      to={{ name: 'components' }}
      change={{ listing: DEFAULT_LISTING }}
      rowsOf={({ rows }) => rows}
      keyOf={({ kind, name, part, route }) => JSON.stringify([kind, name, part, route])}
      empty="No timing was recorded on it in this time."
      columns={[
        {
          id: 'name',
          label: 'Name',
          of: ({ name }) => name,
          show: ({ name, kind, part }) => (
            <span className="rum-figure-name">
              <bdi title={name}>{name}</bdi>
              <small>
                {TIMING_NAMES[kind]} <bdi>{part === TIMING_NAMES[kind] ? '' : part}</bdi>
              </small>
            </span>
          ),
        },
        { id: 'n', label: 'Times', of: ({ times }) => times, show: ({ times }) => formatCount(times) },
        {
          id: 'p75',
          label: 'p75',
          of: ({ duration }) => duration.p75,
          show: ({ duration }) => <P75 {...duration} />,
        },
        { id: 'total', label: 'Total', of: ({ total }) => total, show: ({ total }) => formatDuration(total) },
      ]}
    />
  );
}
