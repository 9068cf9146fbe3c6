import { useQueryClient } from '@tanstack/react-query';
import {
  type ReactElement,
  type ReactNode,
  type RefObject,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useAddress } from '../address/Address.js';
import type { Page } from '../address/page.js';
import { type Prefetch, PrefetchContext } from '../address/prefetchContext.js';
import { useApi } from '../apiContext.js';
import { codeQuery, OnDemand } from '../OnDemand.js';
import { OverviewPage } from '../overview/OverviewPage.js';
import { PrintedQuestion } from '../print/PrintedQuestion.js';
import { queriesOf } from '../queries.js';
import { Help } from './Help.js';
import { NotFoundPage } from './NotFoundPage.js';
import { PageHead } from './PageHead.js';
import { pageCode, provisionalTitle } from './pageCode.js';
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
  const { state } = useAddress();
  const [helping, setHelping] = useState(false);
  const help = useCallback(() => setHelping(true), []);
  useShortcuts(help);
  return (
    <PrefetchContext.Provider value={usePrefetch()}>
      <div className="rum-frame">
        <Sidebar title={title} onSignedOut={onSignedOut} onHelp={help} />
        <div className="rum-content">
          <Toolbar />
          <PrintedQuestion />
          {state.problem === '' ? null : (
            <p className="rum-problem" role="alert">
              Part of this address was not understood and is left out: {state.problem}.
            </p>
          )}
          <main className="rum-main">
            <CurrentPage />
          </main>
        </div>
        {helping ? <Help onClose={() => setHelping(false)} /> : null}
      </div>
    </PrefetchContext.Provider>
  );
}

function usePrefetch(): Prefetch {
  const api = useApi();
  const client = useQueryClient();
  return useCallback(
    (page, state) => {
      const load = pageCode(page);
      if (load !== null) void client.prefetchQuery(codeQuery(`${page.name} page`, load));
      for (const query of queriesOf(api, page, state)) {
        void client.prefetchQuery({ ...query, staleTime: 10_000 });
      }
    },
    [api, client],
  );
}

function CurrentPage(): ReactElement {
  const { page } = useAddress();
  const shown = useRef(placeOf(page));
  const load = pageCode(page);
  if (load === null) {
    return (
      <Arrival page={page} shown={shown}>
        {page.name === 'unknown' ? <NotFoundPage path={page.path} /> : <OverviewPage />}
      </Arrival>
    );
  }
  return (
    <OnDemand
      key={page.name}
      name={`${page.name} page`}
      load={load}
      failure="The page could not be loaded"
      loading={<Coming page={page} />}
    >
      {(show) => (
        <Arrival page={page} shown={shown}>
          {show(page)}
        </Arrival>
      )}
    </OnDemand>
  );
}

/** Stands where a page will be, and has its answers fetched beside its code. */
function Coming({ page }: { readonly page: Page }): ReactElement {
  const { state } = useAddress();
  const prefetch = useContext(PrefetchContext);
  useEffect(() => prefetch(page, state), [prefetch, page, state]);
  return (
    <div aria-busy="true">
      <PageHead title={provisionalTitle(page)} range={undefined} />
    </div>
  );
}

interface ArrivalProps {
  readonly page: Page;
  /** The place that was arrived at last. */
  readonly shown: RefObject<string>;
  readonly children: ReactNode;
}

/** Moves sight and focus to the top of a page that was gone to; the first one is where the browser put it. */
function Arrival({ page, shown, children }: ArrivalProps): ReactNode {
  const place = placeOf(page);
  useEffect(() => {
    if (shown.current === place) return;
    shown.current = place;
    window.scrollTo(0, 0);
    document.querySelector<HTMLElement>('.rum-main h1')?.focus({ preventScroll: true });
  }, [place, shown]);
  return children;
}

function placeOf(page: Page): string {
  if (page.name === 'route') return page.route;
  if (page.name === 'board' || page.name === 'insight') return page.id;
  if (page.name === 'request') return page.key;
  if (page.name === 'session') return page.id;
  return page.name === 'error' ? page.fingerprint : page.name;
}
