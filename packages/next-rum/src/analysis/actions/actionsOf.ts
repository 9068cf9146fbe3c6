import { type Durations, durationsOf } from '../durations.js';
import { wilsonInterval } from '../statistics/wilsonInterval.js';
import { visitsOf } from './visitsOf.js';

/** What a visitor did, as its event tells. */
export interface ActionEvent {
  readonly name: string;
  readonly route: string;
  readonly viewId: string;
  readonly visitor: string;
  /** Epoch ms. */
  readonly occurredAt: number;
  /** Until the page settled, ms; 0 where nothing came of it. */
  readonly duration: number | null;
  /** The fields that only events of this type have, docs/protocol.md. */
  readonly said: { readonly [field: string]: unknown };
}

export const FRUSTRATIONS = ['rage', 'dead', 'error'] as const;
type FrustrationKind = (typeof FRUSTRATIONS)[number];

interface ActionTemplate {
  readonly name: string;
  readonly kind: string;
  /** CSS selector. */
  readonly target: string;
  readonly route: string;
}

/** Whom something happened to. */
interface Reach {
  /** Runs of actions of one visitor without 30 minutes of silence. */
  readonly visits: number;
  readonly visitors: number;
  readonly views: number;
}

/** Actions that are alike. */
export interface ActionRow extends ActionTemplate, Reach {
  readonly n: number;
  /** Of those that something came of. */
  readonly duration: Durations;
  /** That led to another view, with the 95 % interval of their share. */
  readonly navigated: number;
  readonly navigatedInterval: readonly [low: number, high: number] | null;
  /** That ended or happened until the page settled, all together. */
  readonly requests: number;
  readonly errors: number;
  /** Clicks taken for a frustration. */
  readonly rage: number;
  readonly dead: number;
  readonly error: number;
}

/** Visits that met something, of those in which anything was done. */
interface Affected {
  readonly visits: number;
  /** 95 % interval of their share, 0–1. */
  readonly interval: readonly [low: number, high: number] | null;
}

/** A frustration that many may have met at one place. */
export interface FrustrationRow extends Reach, ActionTemplate {
  readonly frustration: FrustrationKind;
  readonly n: number;
  /** 95 % interval of the share of visits. */
  readonly interval: readonly [low: number, high: number] | null;
}

export interface Actions extends Reach {
  /** Visits that met any frustration, and each. */
  readonly affected: { readonly [kind in FrustrationKind | 'any']: Affected };
  /** Most first. */
  readonly rows: readonly ActionRow[];
  readonly frustrations: readonly FrustrationRow[];
}

interface Placed extends ActionEvent {
  readonly visit: string;
  readonly frustrations: readonly FrustrationKind[];
}

/** Adds up actions, and what was frustrating about them. */
export function actionsOf(events: readonly ActionEvent[]): Actions {
  const visits = visitsOf(events);
  const placed = events.map(
    ({ name, route, viewId, visitor, occurredAt, duration, said }, index): Placed => ({
      name,
      route,
      viewId,
      visitor,
      occurredAt,
      duration,
      said,
      visit: visits[index] ?? '',
      frustrations: frustrationsOf(said),
    }),
  );
  const reach = reachOf(placed);
  const affected = (fits: (event: Placed) => boolean): Affected => {
    const hit = new Set(placed.filter(fits).map(({ visit }) => visit)).size;
    return { visits: hit, interval: wilsonInterval(hit, reach.visits) };
  };
  return {
    ...reach,
    affected: {
      any: affected(({ frustrations }) => frustrations.length > 0),
      rage: affected(({ frustrations }) => frustrations.includes('rage')),
      dead: affected(({ frustrations }) => frustrations.includes('dead')),
      error: affected(({ frustrations }) => frustrations.includes('error')),
    },
    rows: mostFirst(groupsOf(placed).map(rowOf)),
    frustrations: mostFirst(
      FRUSTRATIONS.flatMap((frustration) =>
        groupsOf(placed.filter(({ frustrations }) => frustrations.includes(frustration))).map(
          ({ template, events: alike }): FrustrationRow => {
            const hit = reachOf(alike);
            return {
              frustration,
              ...template,
              n: alike.length,
              ...hit,
              interval: wilsonInterval(hit.visits, reach.visits),
            };
          },
        ),
      ),
    ),
  };
}

interface Group {
  readonly template: ActionTemplate;
  readonly events: Placed[];
}

function groupsOf(events: readonly Placed[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const event of events) {
    const { name, route, said } = event;
    const template = { name, kind: textOf(said.kind), target: textOf(said.target), route };
    // With their lengths, so that no two that differ make the same one.
    const id = `${name.length} ${route.length} ${template.kind.length} ${name}${route}${template.kind}${template.target}`;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, { template, events: [event] });
    else group.events.push(event);
  }
  return [...groups.values()];
}

function rowOf({ template, events }: Group): ActionRow {
  const sum = (field: string): number => events.reduce((total, { said }) => total + countOf(said[field]), 0);
  const having = (frustration: FrustrationKind): number =>
    events.filter(({ frustrations }) => frustrations.includes(frustration)).length;
  const navigated = events.filter(({ said }) => said.navigated === true).length;
  return {
    ...template,
    n: events.length,
    ...reachOf(events),
    duration: durationsOf(
      events.flatMap(({ duration }) => (duration === null || duration <= 0 ? [] : duration)),
    ),
    navigated,
    navigatedInterval: wilsonInterval(navigated, events.length),
    requests: sum('requests'),
    errors: sum('errors'),
    rage: having('rage'),
    dead: having('dead'),
    error: having('error'),
  };
}

function reachOf(events: readonly Placed[]): Reach {
  const [visits, visitors, views] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const { visit, visitor, viewId } of events) {
    visits.add(visit);
    visitors.add(visitor);
    views.add(viewId);
  }
  return { visits: visits.size, visitors: visitors.size, views: views.size };
}

const NONE: readonly FrustrationKind[] = [];

function frustrationsOf({ frustrations }: ActionEvent['said']): readonly FrustrationKind[] {
  if (!Array.isArray(frustrations) || frustrations.length === 0) return NONE;
  const named: readonly unknown[] = frustrations;
  return FRUSTRATIONS.filter((frustration) => named.includes(frustration));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function countOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
}

function mostFirst<Row extends ActionTemplate & { readonly n: number }>(
  rows: readonly Row[],
): readonly Row[] {
  const order = ({ name, target, route }: Row): string => `${name}\n${target}\n${route}`;
  return rows.toSorted((a, b) => b.n - a.n || (order(a) < order(b) ? -1 : 1));
}
