import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { type Audience, RANGES } from '../server/api.js';
import type { AdminApi } from './adminApi.js';
import { AutoThemeIcon, DarkThemeIcon, LightThemeIcon, Logo } from './icons.js';
import { liveQuery } from './queries.js';
import { Segmented } from './Segmented.js';
import { SignOutButton } from './SignOutButton.js';
import { changeUrlState, type UrlState } from './urlState.js';
import './Header.css';

interface HeaderProps {
  readonly api: AdminApi;
  readonly title: string;
  readonly url: UrlState;
  /** Null where the app has a sign-in of its own, which only it can end. */
  readonly onSignedOut: (() => void) | null;
}

const RANGE_OPTIONS = RANGES.map((value) => ({ value, label: value }));
const AUDIENCE_OPTIONS = [
  { value: 'visitors', label: 'Visitors' },
  { value: 'bots', label: 'Bots' },
] as const satisfies readonly { value: Audience; label: string }[];

/** Name, state of the connection, and everything that applies to the whole page. */
export function Header({ api, title, url, onSignedOut }: HeaderProps): ReactElement {
  return (
    <header className="rum-header">
      <div className="rum-header-inner">
        <div className="rum-brand">
          <Logo />
          <span className="rum-brand-name" title={title}>
            {title}
          </span>
          <ConnectionState api={api} audience={url.audience} />
        </div>
        <div className="rum-header-choices">
          <Segmented
            legend="Time range"
            options={RANGE_OPTIONS}
            value={url.range}
            onChange={(range) => changeUrlState({ range })}
          />
          <Segmented
            legend="Whose views"
            options={AUDIENCE_OPTIONS}
            value={url.audience}
            onChange={(audience) => changeUrlState({ audience })}
          />
        </div>
        <div className="rum-header-end">
          <Segmented
            legend="Theme"
            options={[
              { value: 'auto', label: 'Like the system', icon: <AutoThemeIcon /> },
              { value: 'light', label: 'Light', icon: <LightThemeIcon /> },
              { value: 'dark', label: 'Dark', icon: <DarkThemeIcon /> },
            ]}
            value={url.theme}
            onChange={(theme) => changeUrlState({ theme })}
          />
          {onSignedOut === null ? null : <SignOutButton api={api} onSignedOut={onSignedOut} />}
        </div>
      </div>
    </header>
  );
}

interface ConnectionStateProps {
  readonly api: AdminApi;
  readonly audience: Audience;
}

function ConnectionState({ api, audience }: ConnectionStateProps): ReactElement {
  // Asking for others is no new connection.
  const { status } = useQuery({ ...liveQuery(api, audience), placeholderData: keepPreviousData });
  return (
    <span className="rum-connection" role="status" data-status={status}>
      {status === 'error' ? 'Reconnecting' : status === 'pending' ? 'Connecting' : 'Live'}
    </span>
  );
}
