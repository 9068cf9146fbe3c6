// Runs in the pages, before any script of theirs.
import { startRum, track } from '@rumkit/react-rum/agent';

/** What makes the events of one document, and counts them. */
export interface Visitor {
  /** Name of this document. */
  readonly page: string;
  /** Events made so far. */
  readonly made: number;
  /** Something of this document has been written to IndexedDB. */
  readonly keeps: boolean;
  /** Entries that this document has put into the history. */
  readonly pushed: number;
  /** Makes events in bursts, some hundreds a second, until it is stopped. */
  start(): void;
  stop(): void;
  /** Makes so many at once. */
  make(count: number): void;
  push(): void;
  flush(): Promise<void>;
}

declare global {
  var visitor: Visitor;
  /** Put there by a test that must know even if the browser dies. */
  var tell: ((said: string) => void) | undefined;
}

/** Begins the names of the counters in `localStorage`. */
const COUNTER = 'made ';
/** The same, of how many had been made when the page was last told that it goes. */
const TOLD = 'told ';
/** The same, of how many had been made when all who listen for that were through. */
const LEFT = 'left ';
/** The same, of the last of the page's that was in IndexedDB. */
const KEPT = 'kept ';

let made = 0;
let pushed = 0;
let kept = 0;
let keeps = false;
let timer: ReturnType<typeof setTimeout> | undefined;
// Letters only: what looks like a number of a card or a token is taken out of properties.
const page = Array.from({ length: 8 }, () => String.fromCharCode(97 + Math.floor(Math.random() * 26))).join(
  '',
);

function between(least: number, most: number): number {
  return least + Math.floor(Math.random() * (most - least + 1));
}

/** As the page has the agent: by the script tag, before or after that is loaded, or from a bundle. */
function trackOne(n: number): void {
  const { rum } = window;
  const properties = { page, n };
  if (!rum) track('made', properties);
  else if (rum.track) rum.track('made', properties);
  else rum.q?.push(['track', 'made', properties]);
}

function make(count: number): void {
  // Before they are made, so that the count holds whatever becomes of the page.
  localStorage.setItem(COUNTER + page, `${made + count}`);
  globalThis.tell?.(JSON.stringify({ page, made: made + count }));
  for (let index = 0; index < count; index++) {
    made += 1;
    trackOne(made);
  }
}

function go(): void {
  make(between(10, 110));
  timer = setTimeout(go, between(60, 200));
}

function noteKept(body: string): void {
  const { events } = JSON.parse(body) as { events: readonly { properties?: { page: string; n: number } }[] };
  const numbers = events.map(({ properties }) => (properties?.page === page ? properties.n : 0));
  kept = Math.max(kept, ...numbers);
  localStorage.setItem(KEPT + page, `${kept}`);
}

globalThis.visitor = {
  page,
  get made() {
    return made;
  },
  get keeps() {
    return keeps;
  },
  get pushed() {
    return pushed;
  },
  start: go,
  stop: () => clearTimeout(timer),
  make,
  push() {
    pushed += 1;
    history.pushState(null, '', `${location.pathname.replace(/\/step-\d+$/, '')}/step-${pushed}`);
  },
  flush: () => startRum()?.flush() ?? Promise.resolve(),
};

const { put } = IDBObjectStore.prototype;
IDBObjectStore.prototype.put = function (this: IDBObjectStore, value: { text: string }, key) {
  this.transaction.addEventListener('complete', () => {
    keeps = true;
    noteKept(value.text);
    globalThis.tell?.(JSON.stringify({ page, kept: value.text }));
  });
  return put.call(this, value, key);
};

// Before the agent listens, and after.
addEventListener('pagehide', () => localStorage.setItem(TOLD + page, `${made}`), true);
addEventListener('load', () => {
  addEventListener('pagehide', () => localStorage.setItem(LEFT + page, `${made}`));
});
