import type { VitalName } from '../../protocol/index.js';
import type { CollectorContext } from '../collector.js';
import type { Registry } from '../registry.js';
import { routeOf, type View } from '../view.js';
import type { Ledger } from './ledger.js';

/** What the overlay shows, as it is now. */
export interface Snapshot {
  /** Raw values, as they would be sent now. */
  readonly vitals: { readonly [name in VitalName]?: number | undefined };
  /** Route of the view that the vitals belong to, where that is an earlier one: the one that loaded the document. */
  readonly vitalsOf?: string | undefined;
  /** Of the view now shown, in ms; undefined until it settled. */
  readonly loadingTime: number | undefined;
  /** Route template of the view now shown; undefined where nothing is recorded. */
  readonly route: string | undefined;
  readonly path: string;
  readonly sessionId: string | null;
  readonly viewId: string | null;
  /** Why nothing is sent, or what is special about what is. */
  readonly note: string | undefined;
  /** Events of the view now shown, by type. */
  readonly counts: readonly (readonly [type: string, count: number])[];
  readonly waiting: number;
  readonly settled: number;
  readonly dropped: number;
  readonly lastAnswer: string | undefined;
  readonly losses: readonly (readonly [reason: string, count: number])[];
}

export function takeSnapshot(
  { views }: Pick<CollectorContext, 'views'>,
  { agent, consent }: Registry,
  ledger: Ledger,
): Snapshot {
  const view = views.current();
  const loaded = views.find(({ timeStamp }) => timeStamp === 0);
  // Where the browser tells no soft navigations, a view that a router began has no vitals of its own.
  const measured = view && Object.keys(view.vitals).length === 0 ? loaded : view;
  const vitals = Object.entries(measured?.vitals ?? {}).map(([name, { value }]) => [name, value]);
  return {
    vitals: Object.fromEntries(vitals),
    vitalsOf: measured && measured !== view ? routeTemplate(measured) : undefined,
    loadingTime: view?.loadingTime,
    route: view ? routeTemplate(view) : undefined,
    path: location.pathname,
    sessionId: agent?.sessionId() ?? null,
    viewId: view?.id ?? null,
    note: noteOn(view, consent),
    counts: Object.entries(view?.counts ?? {}),
    waiting: ledger.waiting(),
    settled: ledger.settled(),
    dropped: ledger.dropped(),
    lastAnswer: ledger.lastAnswer(),
    losses: ledger.losses(),
  };
}

function routeTemplate(view: View): string {
  return routeOf(view)?.template ?? `${view.path} (the router has not said yet)`;
}

function noteOn(view: View | null, consent: Registry['consent']): string | undefined {
  if (!view) return 'Nothing is recorded on this path.';
  if (consent === 'pending') return 'Consent is pending: nothing is sent or stored.';
  if (view.session.sampled === 0)
    return 'Session not drawn by sampleRate: it is sent only if it meets trouble.';
  if (view.session.sampled === 2) return 'Session not drawn by sampleRate, kept because it met trouble.';
  return undefined;
}
