import {
  type Context,
  createContext,
  type ReactElement,
  type ReactNode,
  startTransition,
  useContext,
  useEffect,
  useMemo,
  useState,
} from 'react';
import type { Question } from '../../server/question.js';
import { createTimeFormat, type TimeFormat } from '../timeFormat.js';
import { type Page, readPage, writePage } from './page.js';
import { changeSearch, parseUrlState, type UrlState } from './urlState.js';

/** Where the viewer is, and how to get elsewhere. The whole state of the admin lives in the address bar. */
export interface Address {
  readonly page: Page;
  readonly state: UrlState;
  readonly time: TimeFormat;
  /** Whether all this is a piece of the app's own page: what it leads to is elsewhere, and nothing can be changed. */
  readonly isEmbedded: boolean;
  /** Address of a page with what was chosen, `change` applied; empty where that is not known. */
  hrefTo(page: Page, change?: Partial<UrlState>): string;
  /** Goes to what {@link Address.hrefTo} gave, as a step that Back undoes. */
  goTo(href: string): void;
  /** Writes to the address bar. A new question is a step that Back undoes; the way it is shown is not. */
  change(change: Partial<UrlState>): void;
  ask(change: Partial<Question>): void;
}

export const AddressContext: Context<Address | null> = createContext<Address | null>(null);

export function useAddress(): Address {
  const address = useContext(AddressContext);
  if (address === null) throw new Error('RUM: this part of the admin stands outside of <AddressProvider>.');
  return address;
}

export interface AddressProps {
  /** Path of the request, with the host's base path, percent-encoded. */
  readonly initialPath: string;
  /** Query string of the request, so that the server renders what the browser will. */
  readonly initialSearch: string;
  /** How many segments of the path are the admin's own, below the page it is mounted as. */
  readonly depth: number;
}

export function AddressProvider({
  initialPath,
  initialSearch,
  depth,
  children,
}: AddressProps & { readonly children: ReactNode }): ReactElement {
  const [base] = useState(() => baseOf(initialPath, depth));
  const [{ path, search }, setPlace] = useState<Place>({ path: initialPath, search: initialSearch });
  useEffect(() => {
    const follow: Listener = (how) => {
      const arrive = (): void => setPlace((known) => placeAfter(known, window.location));
      // Another page takes a while to draw. Meanwhile the click is answered; what was chosen in a field has to stand there at once.
      if (how === 'move') startTransition(arrive);
      else arrive();
    };
    follow('change');
    return subscribe(follow);
  }, []);
  const address = useMemo(() => addressOf(base, path, search), [base, path, search]);
  return <AddressContext.Provider value={address}>{children}</AddressContext.Provider>;
}

/** Narrows the question for all that is inside, and leaves the address bar out of it. */
export function AddressScope({
  question,
  children,
}: {
  /** That of the address, about one route. */
  readonly question: Question;
  readonly children: ReactNode;
}): ReactElement {
  const address = useAddress();
  const scoped = useMemo(
    (): Address => ({
      ...address,
      state: { ...address.state, question },
      hrefTo: (to, change) => address.hrefTo(to, { question, ...change }),
      ask: ({ filters, ...change }) =>
        address.ask(
          filters === undefined
            ? change
            : { ...change, filters: filters.filter(({ dimension }) => dimension !== 'route') },
        ),
    }),
    [address, question],
  );
  return <AddressContext.Provider value={scoped}>{children}</AddressContext.Provider>;
}

interface Place {
  readonly path: string;
  readonly search: string;
}

function placeAfter(known: Place, { pathname, search }: Location): Place {
  return known.path === pathname && known.search === search ? known : { path: pathname, search };
}

interface Base {
  readonly path: string;
  /** `/` where the host ends its paths with one. */
  readonly end: string;
}

function baseOf(path: string, depth: number): Base {
  const end = path.endsWith('/') ? '/' : '';
  const parts = path.replace(/\/$/, '').split('/');
  return { path: parts.slice(0, parts.length - depth).join('/'), end };
}

function addressOf(base: Base, path: string, search: string): Address {
  const page = readPage(path.startsWith(base.path) ? path.slice(base.path.length) : '');
  const state = parseUrlState(search);
  const hrefTo: Address['hrefTo'] = (to, change = {}) =>
    `${base.path}${writePage(to)}${base.end}${changeSearch(search, change)}` || '/';
  return {
    page,
    state,
    time: createTimeFormat(state.zone),
    isEmbedded: false,
    hrefTo,
    goTo: (href) => write('pushState', href, 'move'),
    change: (change) =>
      write(change.question === undefined ? 'replaceState' : 'pushState', hrefHere(change), 'change'),
    ask: (change) => write('pushState', hrefHere({ question: { ...state.question, ...change } }), 'change'),
  };
}

function hrefHere(change: Partial<UrlState>): string {
  const { pathname, search, hash } = window.location;
  return `${pathname}${changeSearch(search, change)}${hash}`;
}

/** To another page, or to another question on the same. */
type Listener = (how: 'move' | 'change') => void;

function write(how: 'pushState' | 'replaceState', href: string, why: 'move' | 'change'): void {
  window.history[how](null, '', href);
  for (const listener of listeners) listener(why);
}

const listeners = new Set<Listener>();

function subscribe(listener: Listener): () => void {
  const onPop = (): void => listener('move');
  listeners.add(listener);
  window.addEventListener('popstate', onPop);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', onPop);
  };
}
