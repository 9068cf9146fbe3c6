import { OTHER } from '../store/filters.js';
import type { AdmittedLabels, IngestStore } from '../store/ingestStore.js';
import type { EventRow, ViewRow } from '../store/rows.js';
import type { LabelLimits } from './config.js';

/** Apps besides the collector's own that a day may bring. */
const MAX_APPS = 10;

/** Rows of one batch, all of one app. */
interface Rows {
  readonly views: readonly ViewRow[];
  readonly events: readonly EventRow[];
}

/** Keeps whoever makes up a million routes, releases, names or apps from making a million lines in every table. */
export interface LabelCap {
  /** The app itself, or `(other)`. */
  app(store: IngestStore, app: string, day: string): Promise<string>;
  /** Puts `(other)` where a row brings a label that came too late: rows are renamed, never dropped, so totals stay exact. */
  rows(store: IngestStore, rows: Rows, day: string): Promise<Rows>;
}

interface LabelList {
  readonly app: string;
  readonly kind: string;
  readonly limit: number;
  /** As the database said last. */
  known: AdmittedLabels;
  /** What the next question to the database will ask for, and that question; the one under way. */
  wanted: Set<string>;
  next: Promise<void> | null;
  current: Promise<void> | null;
}

function emptyList(app: string, kind: string, limit: number): LabelList {
  return {
    app,
    kind,
    limit,
    known: { admitted: new Set(), kept: new Set() },
    wanted: new Set(),
    next: null,
    current: null,
  };
}

interface AppLabels {
  readonly routes: LabelList;
  readonly releases: LabelList;
  readonly names: ReadonlyMap<EventRow['type'], LabelList>;
}

/** `loss` is not among them: its names are the agent's own. */
const EVENT_TYPES = [
  'custom',
  'error',
  'action',
  'resource',
  'longtask',
  'timing',
  'flag',
  'navigation',
] as const;

/**
 * Admits the first labels of each app, day and kind, those of the day before having their places kept. The list is the database's, so that instances and restarts agree;
 * it is asked only while there is room, so as often as there may be labels at most.
 *
 * @param ownApp The app whose collector this is; always admitted.
 */
export function createLabelCap(limits: LabelLimits, ownApp: string): LabelCap {
  let today = '';
  let others = emptyList('', 'app', MAX_APPS);
  let byApp = new Map<string, AppLabels>();

  function turnTo(day: string): void {
    if (day === today) return;
    today = day;
    others = emptyList('', 'app', MAX_APPS);
    byApp = new Map();
  }

  function labelsOf(app: string): AppLabels {
    let labels = byApp.get(app);
    if (labels === undefined) {
      labels = {
        routes: emptyList(app, 'route', limits.routes),
        releases: emptyList(app, 'release', limits.releases),
        names: new Map(EVENT_TYPES.map((type) => [type, emptyList(app, type, limits.names)])),
      };
      byApp.set(app, labels);
    }
    return labels;
  }

  /** What is asked for while a question is under way is asked together after it: a thousand requests at once ask twice. */
  function admit(store: IngestStore, list: LabelList, labels: readonly string[], day: string): Promise<void> {
    for (const label of labels) list.wanted.add(label);
    if (list.next !== null) return list.next;
    // Whoever asked the question under way learns of its failure.
    const before = list.current?.catch(() => undefined) ?? Promise.resolve();
    const asking = before.then(async () => {
      const wanted = [...list.wanted];
      list.wanted = new Set();
      list.current = asking;
      list.next = null;
      list.known = await store.admitLabels({ app: list.app, kind: list.kind, day }, wanted, list.limit);
    });
    list.next = asking;
    return asking;
  }

  return {
    app: async (store, app, day) => {
      if (app === ownApp) return app;
      turnTo(day);
      const list = others;
      if (mayBeAdmitted(list, app)) await admit(store, list, [app], day);
      return list.known.admitted.has(app) ? app : OTHER;
    },
    rows: async (store, rows, day) => {
      const app = rows.views[0]?.app ?? rows.events[0]?.app;
      if (app === undefined) return rows;
      turnTo(day);
      const { routes, releases, names } = labelsOf(app);

      const fresh = new Map<LabelList, Set<string>>();
      let capped = false;
      const look = (list: LabelList | undefined, label: string | null) => {
        if (list === undefined || label === null || list.known.admitted.has(label)) return;
        if (!mayBeAdmitted(list, label)) {
          capped = true;
          return;
        }
        const labels = fresh.get(list);
        if (labels === undefined) fresh.set(list, new Set([label]));
        else labels.add(label);
      };
      for (const { route, release } of rows.views) {
        look(routes, route);
        look(releases, release);
      }
      for (const { route, type, name } of rows.events) {
        look(routes, route);
        look(names.get(type), name);
      }
      for (const [list, labels] of fresh) {
        await admit(store, list, [...labels], day);
        capped ||= [...labels].some((label) => !list.known.admitted.has(label));
      }
      if (!capped) return rows;
      return {
        views: rows.views.map((row) => capView(row, routes, releases)),
        events: rows.events.map((row) => capEvent(row, routes, names.get(row.type))),
      };
    },
  };
}

function mayBeAdmitted({ known: { admitted, kept }, limit }: LabelList, label: string): boolean {
  if (admitted.has(label)) return false;
  return admitted.size + (kept.has(label) ? 0 : kept.size) < limit;
}

function capView(row: ViewRow, routes: LabelList, releases: LabelList): ViewRow {
  const { route, release } = row;
  const routeFits = routes.known.admitted.has(route);
  const releaseFits = release === null || releases.known.admitted.has(release);
  if (routeFits && releaseFits) return row;
  return { ...row, route: routeFits ? route : OTHER, release: releaseFits ? release : OTHER };
}

function capEvent(row: EventRow, routes: LabelList, names: LabelList | undefined): EventRow {
  const routeFits = routes.known.admitted.has(row.route);
  const nameFits = names === undefined || names.known.admitted.has(row.name);
  if (routeFits && nameFits) return row;
  return { ...row, route: routeFits ? row.route : OTHER, name: nameFits ? row.name : OTHER };
}
