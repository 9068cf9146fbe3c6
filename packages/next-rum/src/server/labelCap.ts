import type { IngestStore } from '../store/ingestStore.js';
import type { EventRow, ViewRow } from '../store/rows.js';
import type { LabelLimits } from './config.js';

/** What a route, release, name or app is called beyond the limit of its day. */
export const OTHER = '(other)';

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
  admitted: ReadonlySet<string>;
}

/**
 * Admits the first labels of each app, day and kind. The list is the database's, so that instances and restarts agree;
 * it is asked only while there is room, so as often as there may be labels at most.
 *
 * @param ownApp The app whose collector this is; always admitted.
 */
export function createLabelCap(limits: LabelLimits, ownApp: string): LabelCap {
  let today = '';
  let lists = new Map<string, LabelList>();

  function listOf(app: string, kind: string, limit: number, day: string): LabelList {
    if (day !== today) {
      today = day;
      lists = new Map();
    }
    const key = `${app}\n${kind}`;
    let list = lists.get(key);
    if (list === undefined) {
      list = { app, kind, limit, admitted: new Set() };
      lists.set(key, list);
    }
    return list;
  }

  async function admit(
    store: IngestStore,
    list: LabelList,
    labels: readonly string[],
    day: string,
  ): Promise<void> {
    list.admitted = await store.admitLabels({ app: list.app, kind: list.kind, day }, labels, list.limit);
  }

  return {
    app: async (store, app, day) => {
      if (app === ownApp) return app;
      const list = listOf('', 'app', MAX_APPS, day);
      if (mayBeAdmitted(list, app)) await admit(store, list, [app], day);
      return list.admitted.has(app) ? app : OTHER;
    },
    rows: async (store, rows, day) => {
      const app = rows.views[0]?.app ?? rows.events[0]?.app;
      if (app === undefined) return rows;
      const routes = listOf(app, 'route', limits.routes, day);
      const releases = listOf(app, 'release', limits.releases, day);
      const namesOf = (type: EventRow['type']) => listOf(app, type, limits.names, day);

      const fresh = new Map<LabelList, Set<string>>();
      let capped = false;
      const look = (list: LabelList, label: string | null) => {
        if (label === null || list.admitted.has(label)) return;
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
        look(namesOf(type), name);
      }
      for (const [list, labels] of fresh) {
        await admit(store, list, [...labels], day);
        capped ||= [...labels].some((label) => !list.admitted.has(label));
      }
      if (!capped) return rows;
      return {
        views: rows.views.map((row) => capView(row, routes, releases)),
        events: rows.events.map((row) => capEvent(row, routes, namesOf(row.type))),
      };
    },
  };
}

function mayBeAdmitted({ admitted, limit }: LabelList, label: string): boolean {
  return !admitted.has(label) && admitted.size < limit;
}

function capView(row: ViewRow, routes: LabelList, releases: LabelList): ViewRow {
  const { route, release } = row;
  const routeFits = routes.admitted.has(route);
  const releaseFits = release === null || releases.admitted.has(release);
  if (routeFits && releaseFits) return row;
  return { ...row, route: routeFits ? route : OTHER, release: releaseFits ? release : OTHER };
}

function capEvent(row: EventRow, routes: LabelList, names: LabelList): EventRow {
  const routeFits = routes.admitted.has(row.route);
  const nameFits = names.admitted.has(row.name);
  if (routeFits && nameFits) return row;
  return { ...row, route: routeFits ? row.route : OTHER, name: nameFits ? row.name : OTHER };
}
