import { useQuery } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import type { SettingsResponse } from '../../server/api.js';
import { DEFAULT_QUESTION } from '../../server/question.js';
import { Link } from '../address/Link.js';
import { useApi } from '../apiContext.js';
import { formatCount } from '../format.js';
import { PageHead } from '../frame/PageHead.js';
import { Answer, Panel, PanelPlaceholder } from '../Panel.js';
import { Skeleton } from '../Skeleton.js';
import { settingsQuery } from '../saved/savedQueries.js';
import { AlertsPanel } from './AlertsPanel.js';
import { ChangesPanel } from './ChangesPanel.js';
import { IgnoredPanel } from './IgnoredPanel.js';
import { SharesPanel } from './SharesPanel.js';
import './Settings.css';

/** What is in force, who changed what, and what can be changed here. */
export function SettingsPage(): ReactElement {
  const query = useQuery(settingsQuery(useApi()));
  return (
    <>
      <PageHead title="Settings" range={null} />
      {query.isPending ? (
        <PanelPlaceholder />
      ) : (
        <div className="rum-settings">
          <Panel
            title="In force"
            query={query}
            aside={
              <p className="rum-muted">
                As <code>defineRum</code> says · <Link to={{ name: 'health' }}>Data health</Link> ·{' '}
                <Link
                  to={{ name: 'overview' }}
                  change={{ question: { ...DEFAULT_QUESTION, audience: 'admin' } }}
                >
                  How this admin does
                </Link>
              </p>
            }
          >
            <Answer query={query} failure="The settings could not be loaded">
              {(settings) => <InForce settings={settings} />}
            </Answer>
          </Panel>
          <IgnoredPanel query={query} />
          <SharesPanel />
          <AlertsPanel />
          <ChangesPanel />
        </div>
      )}
    </>
  );
}

function InForce({ settings }: { readonly settings: SettingsResponse | undefined }): ReactElement {
  return (
    <dl className="rum-in-force">
      {FACTS.map(([label, tell]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{settings === undefined ? <Skeleton size="l" /> : tell(settings)}</dd>
        </div>
      ))}
    </dl>
  );
}

const DATABASES = { sqlite: 'SQLite', postgresql: 'PostgreSQL' } as const;
const COUNTED_IN = { memory: 'by each process', database: 'in the database', redis: 'in Redis' } as const;
const SIGN_INS = {
  password: 'Password of this admin',
  own: 'Sign-in of the app',
  none: 'None: open in development, closed in production',
} as const;

const FACTS: readonly (readonly [label: string, tell: (settings: SettingsResponse) => ReactNode])[] = [
  ['App', ({ app }) => app],
  ['Database', ({ database }) => DATABASES[database]],
  [
    'Privacy',
    ({ privacy }) =>
      privacy === 'strict'
        ? 'Strict: nothing is stored in the browser, visitors are told apart for a day'
        : 'Consent: the session of the browser is used once it is given',
  ],
  [
    'Kept',
    ({ retention: { raw, minutes, hours, days } }) =>
      `Single views and events ${inDays(raw)}, counts of minutes ${inDays(minutes)}, hours ${inDays(hours)}, days ${inDays(days)}`,
  ],
  ['Sign-in', ({ signIn }) => SIGN_INS[signIn]],
  [
    'Keys',
    ({ keys }) =>
      keys.length === 0 ? (
        'None: every page of an allowed origin may send'
      ) : (
        <ul>
          {keys.map(({ name, app, since }) => (
            <li key={name}>
              <bdi>{name}</bdi>
              <span className="rum-muted">
                {app === null ? '' : ` · app ${app}`}
                {since === null ? ' · age not told' : ` · since ${since}, ${ageOf(since)}`}
              </span>
            </li>
          ))}
        </ul>
      ),
  ],
  [
    'Origins',
    ({ allowedOrigins }) =>
      allowedOrigins.length === 0 ? 'The app’s own only' : ['The app’s own', ...allowedOrigins].join(', '),
  ],
  [
    'Proxies',
    ({ trustedProxyHops }) =>
      trustedProxyHops === 0
        ? 'One of this machine or network is trusted'
        : `The nearest ${trustedProxyHops} are trusted`,
  ],
  [
    'Countries',
    ({ countryDatabase }) =>
      countryDatabase ? 'From a database of the server' : 'As the platform tells them',
  ],
  ['Bots', ({ bots }) => (bots === 'apart' ? 'Kept apart from visitors' : 'Counted as visitors')],
  [
    'Batches a minute',
    ({ rateLimit }) =>
      rateLimit === null
        ? 'No limit'
        : `${formatCount(rateLimit.perKey)} a key, ${formatCount(rateLimit.perAddress)} an address, counted ${COUNTED_IN[rateLimit.store]}`,
  ],
  [
    'Labels a day',
    ({ labels: { routes, releases, names } }) =>
      `${formatCount(routes)} routes, ${formatCount(releases)} releases, ${formatCount(names)} names of events`,
  ],
];

function inDays(days: number): string {
  return days === 1 ? '1 day' : `${Number(days.toFixed(1))} days`;
}

function ageOf(since: string): string {
  return inDays(Math.max(0, Math.floor((Date.now() - Date.parse(since)) / 86_400_000)));
}
