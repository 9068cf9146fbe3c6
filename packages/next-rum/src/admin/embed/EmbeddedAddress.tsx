import {
  type Context,
  createContext,
  type ReactElement,
  type ReactNode,
  useContext,
  useMemo,
  useState,
} from 'react';
import { type Address, AddressContext } from '../address/Address.js';
import { writePage } from '../address/page.js';
import { changeSearch, type UrlState } from '../address/urlState.js';
import { createTimeFormat } from '../timeFormat.js';

interface EmbeddedAddressProps {
  /** As the page that the piece stands on has it. */
  readonly state: UrlState;
  /** Path of the admin's own page; null where links lead nowhere. */
  readonly adminPath: string | null;
  readonly children: ReactNode;
}

/** Goes back to the time that the page asks about; null where that is what is shown. */
const WidenContext: Context<(() => void) | null> = createContext<(() => void) | null>(null);

export function useWiden(): (() => void) | null {
  return useContext(WidenContext);
}

/** Keeps what the viewer chose to itself: the address bar is the page's own. */
export function EmbeddedAddress({ state, adminPath, children }: EmbeddedAddressProps): ReactElement {
  const [chosen, setChosen] = useState<Partial<UrlState>>({});
  const address = useMemo((): Address => {
    const now = { ...state, ...chosen };
    const change = (more: Partial<UrlState>): void => setChosen((known) => ({ ...known, ...more }));
    return {
      page: { name: 'overview' },
      state: now,
      time: createTimeFormat(now.zone),
      isEmbedded: true,
      hrefTo: (to, more) =>
        adminPath === null
          ? ''
          : `${adminPath.replace(/(\/?)$/, `${writePage(to)}$1`)}${changeSearch('', { ...now, paused: false, ...more })}`,
      goTo: (href) => window.location.assign(href),
      change,
      ask: (more) => change({ question: { ...now.question, ...more } }),
    };
  }, [state, chosen, adminPath]);
  const widen = (): void => setChosen(({ question: _left, ...others }) => others);
  return (
    <AddressContext.Provider value={address}>
      <WidenContext.Provider value={chosen.question === undefined ? null : widen}>
        {children}
      </WidenContext.Provider>
    </AddressContext.Provider>
  );
}
