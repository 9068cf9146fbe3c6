import { figuresOf, type RequestEvent, type RequestFigures } from './requestFigures.js';
import {
  hostOf,
  kindOf,
  OWN_HOST,
  type RequestKind,
  type RequestTemplate,
  requestKey,
  templateOf,
} from './requestKey.js';

/** Requests that are alike. */
export interface RequestRow extends RequestTemplate, RequestFigures {
  /** 16 hexadecimal digits. */
  readonly key: string;
  /** {@link OWN_HOST} where it is the page's own origin. */
  readonly host: string;
  readonly kind: RequestKind;
}

export interface HostRow extends RequestFigures {
  readonly host: string;
  /** How many different requests. */
  readonly templates: number;
}

/** What was loaded from some hosts. */
interface Party {
  readonly hosts: number;
  readonly n: number;
  /** Views that loaded from them. */
  readonly views: number;
  readonly bytes: number;
  /** Durations of what was not aborted, all together, ms. */
  readonly time: number;
}

/** Which requests are listed; null: whichever. */
export interface RequestFilter {
  readonly kind: RequestKind | null;
  readonly host: string | null;
  readonly initiator: string | null;
}

export interface Requests {
  /** Views that made any request. */
  readonly views: number;
  readonly own: Party;
  readonly others: Party;
  /** Most requests first. */
  readonly hosts: readonly HostRow[];
  /** What the filter can be set to, most requests first. */
  readonly initiators: readonly { readonly initiator: string; readonly n: number }[];
  /** That the filter lets through, most first. */
  readonly rows: readonly RequestRow[];
}

interface Group<Event extends RequestEvent = RequestEvent> extends RequestTemplate {
  readonly key: string;
  readonly host: string;
  readonly events: Event[];
}

/** Adds up requests by what they ask for and by whom they ask. */
export function requestsOf(events: readonly RequestEvent[], filter: RequestFilter): Requests {
  const groups = groupsOf(events);
  const byHost = new Map<string, Group[]>();
  const initiators = new Map<string, number>();
  for (const group of groups) {
    byHost.set(group.host, [...(byHost.get(group.host) ?? []), group]);
    initiators.set(group.initiator, (initiators.get(group.initiator) ?? 0) + group.events.length);
  }
  const hosts = [...byHost].map(([host, ofHost]): HostRow => {
    const all = ofHost.flatMap((group) => group.events);
    return { host, templates: ofHost.length, ...figuresOf(all) };
  });
  return {
    views: viewsOf(groups).size,
    own: partyOf(hosts, groups, (host) => host === OWN_HOST),
    others: partyOf(hosts, groups, (host) => host !== OWN_HOST),
    hosts: mostFirst(hosts, ({ host }) => host),
    initiators: mostFirst(
      [...initiators].map(([initiator, n]) => ({ initiator, n })),
      ({ initiator }) => initiator,
    ),
    rows: mostFirst(groups.filter((group) => isListed(group, filter)).map(rowOf), ({ key }) => key),
  };
}

/** Those of one template. */
export function requestsWith<Event extends RequestEvent>(
  events: readonly Event[],
  key: string,
): { readonly row: RequestRow; readonly events: readonly Event[] } | null {
  const group = groupsOf(events).find((each) => each.key === key);
  return group === undefined ? null : { row: rowOf(group), events: group.events };
}

function groupsOf<Event extends RequestEvent>(events: readonly Event[]): readonly Group<Event>[] {
  const groups = new Map<string, Group<Event>>();
  const hosts = new Map<string, string>();
  for (const event of events) {
    const template = templateOf(event);
    const { name, initiator, method, operation } = template;
    const id = `${initiator}\n${method}\n${operation}\n${name}`;
    let group = groups.get(id);
    if (group === undefined) {
      const host = hosts.get(name) ?? hostOf(name);
      hosts.set(name, host);
      group = { ...template, key: requestKey(template), host, events: [] };
      groups.set(id, group);
    }
    group.events.push(event);
  }
  return [...groups.values()];
}

function rowOf({ key, name, host, initiator, method, operation, events }: Group): RequestRow {
  const kind = kindOf({ initiator });
  return { key, name, host, kind, initiator, method, operation, ...figuresOf(events) };
}

function isListed(group: Group, { kind, host, initiator }: RequestFilter): boolean {
  return (
    (kind === null || kindOf(group) === kind) &&
    (host === null || group.host === host) &&
    (initiator === null || group.initiator === initiator)
  );
}

function partyOf(
  hosts: readonly HostRow[],
  groups: readonly Group[],
  isPart: (host: string) => boolean,
): Party {
  const part = hosts.filter(({ host }) => isPart(host));
  const sum = (of: (host: HostRow) => number): number => part.reduce((total, host) => total + of(host), 0);
  return {
    hosts: part.length,
    n: sum(({ n }) => n),
    views: viewsOf(groups.filter(({ host }) => isPart(host))).size,
    bytes: sum(({ bytes }) => bytes),
    time: sum(({ duration }) => duration.total),
  };
}

function viewsOf(groups: readonly Group[]): ReadonlySet<string> {
  return new Set(groups.flatMap(({ events }) => events.map(({ viewId }) => viewId)));
}

function mostFirst<Row extends { readonly n: number }>(
  rows: readonly Row[],
  nameOf: (row: Row) => string,
): readonly Row[] {
  return rows.toSorted((a, b) => b.n - a.n || (nameOf(a) < nameOf(b) ? -1 : 1));
}
