import {
  type ReactElement,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useAddress } from '../address/Address.js';
import type { Page } from '../address/page.js';
import { ErrorPage } from '../errors/ErrorPage.js';
import { ErrorsPage } from '../errors/ErrorsPage.js';
import { HealthPage } from '../health/HealthPage.js';
import { LivePage } from '../live/LivePage.js';
import { OverviewPage } from '../overview/OverviewPage.js';
import { PagesPage } from '../pages/PagesPage.js';
import { RoutePage } from '../pages/RoutePage.js';
import { VitalsPage } from '../vitals/VitalsPage.js';
import { Help } from './Help.js';
import { NotFoundPage } from './NotFoundPage.js';
import { Sidebar } from './Sidebar.js';
import { Toolbar } from './Toolbar.js';
import { useShortcuts } from './useShortcuts.js';
import './Frame.css';

interface FrameProps {
  readonly title: string;
  readonly onSignedOut: (() => void) | null;
}

/** What stays while pages come and go. */
export function Frame({ title, onSignedOut }: FrameProps): ReactElement {
  const { page, state } = useAddress();
  const [helping, setHelping] = useState(false);
  const help = useCallback(() => setHelping(true), []);
  useShortcuts(help);
  const main = useArrival(placeOf(page));
  return (
    <div className="rum-frame">
      <Sidebar title={title} onSignedOut={onSignedOut} onHelp={help} />
      <div className="rum-content">
        <Toolbar />
        {state.problem === '' ? null : (
          <p className="rum-problem" role="alert">
            Part of this address was not understood and is left out: {state.problem}.
          </p>
        )}
        <main ref={main} className="rum-main">
          <CurrentPage />
        </main>
      </div>
      {helping ? <Help onClose={() => setHelping(false)} /> : null}
    </div>
  );
}

function placeOf(page: Page): string {
  if (page.name === 'route') return page.route;
  return page.name === 'error' ? page.fingerprint : page.name;
}

/** Moves sight and focus to the top of a page that was gone to; the first one is where the browser put it. */
function useArrival(place: string): RefObject<HTMLElement | null> {
  const main = useRef<HTMLElement>(null);
  const shown = useRef(place);
  useEffect(() => {
    if (shown.current === place) return;
    shown.current = place;
    window.scrollTo(0, 0);
    main.current?.querySelector('h1')?.focus({ preventScroll: true });
  }, [place]);
  return main;
}

function CurrentPage(): ReactNode {
  const { page } = useAddress();
  switch (page.name) {
    case 'overview':
      return <OverviewPage />;
    case 'vitals':
      return <VitalsPage metric={page.metric} />;
    case 'pages':
      return <PagesPage />;
    case 'route':
      return <RoutePage key={page.route} route={page.route} />;
    case 'errors':
      return <ErrorsPage />;
    case 'error':
      return <ErrorPage key={page.fingerprint} fingerprint={page.fingerprint} />;
    case 'live':
      return <LivePage />;
    case 'health':
      return <HealthPage />;
    case 'unknown':
      return <NotFoundPage path={page.path} />;
  }
}
