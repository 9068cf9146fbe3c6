import type { ReactElement } from 'react';
import { useAddress } from '../address/Address.js';
import { Link } from '../address/Link.js';
import { useApi } from '../apiContext.js';
import { AutoThemeIcon, DarkThemeIcon, HelpIcon, LightThemeIcon, Logo } from '../icons.js';
import { useMayChange } from '../roleContext.js';
import { Segmented } from '../Segmented.js';
import { SignOutButton } from '../SignOutButton.js';
import { PLACES } from './places.js';
import './Sidebar.css';

interface SidebarProps {
  readonly title: string;
  /** Null where the app has a sign-in of its own, which only it can end. */
  readonly onSignedOut: (() => void) | null;
  readonly onHelp: () => void;
}

/** Where one is and may go, and what belongs to the viewer rather than to the figures. */
export function Sidebar({ title, onSignedOut, onHelp }: SidebarProps): ReactElement {
  const { page, state, change } = useAddress();
  const api = useApi();
  const mayChange = useMayChange();
  // How wide they will be is told before they are there: what comes later of a page must not move what came first.
  const parts = [mayChange ? '' : 'rum-with-role', onSignedOut === null ? '' : 'rum-with-sign-out'];
  return (
    <header className="rum-sidebar">
      <div className="rum-sidebar-inner">
        <div className="rum-brand">
          <Logo />
          <span className="rum-brand-name" title={title}>
            {title}
          </span>
        </div>
        <nav aria-label="Admin">
          <ul>
            {PLACES.map(({ label, page: to, names, icon: Icon }) => (
              <li key={label}>
                <Link to={to} className="rum-place" current={names.includes(page.name)}>
                  <Icon />
                  <span>{label}</span>
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className={`rum-sidebar-end ${parts.join(' ')}`}>
          {mayChange ? null : (
            <span className="rum-view-only" title="You may see everything here, and change nothing.">
              View only
            </span>
          )}
          <Segmented
            legend="Theme"
            options={[
              { value: 'auto', label: 'Like the system', icon: <AutoThemeIcon /> },
              { value: 'light', label: 'Light', icon: <LightThemeIcon /> },
              { value: 'dark', label: 'Dark', icon: <DarkThemeIcon /> },
            ]}
            value={state.theme}
            onChange={(theme) => change({ theme })}
          />
          <button type="button" className="rum-icon-button" title="Keyboard shortcuts" onClick={onHelp}>
            <HelpIcon />
            <span className="rum-sr-only">Keyboard shortcuts</span>
          </button>
          {onSignedOut === null ? null : <SignOutButton api={api} onSignedOut={onSignedOut} />}
        </div>
      </div>
    </header>
  );
}
