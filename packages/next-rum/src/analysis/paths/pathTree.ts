/** The routes of a session in the order in which they were seen. */
export interface Walk {
  readonly routes: readonly string[];
  /** It may still go on. */
  readonly isOpen: boolean;
}

/** Which paths are asked for. */
export interface PathQuestion {
  /** Route that they begin with, or end in; null: the first, or the last, of each session. */
  readonly anchor: string | null;
  readonly direction: 'from' | 'to';
  /** Steps beside the anchor. */
  readonly depth: number;
  /** Routes that fewer sessions have at a step are counted together, 0–1 of all that have the anchor. */
  readonly share: number;
}

/** `exit`: sessions that ended; `open`: that may go on; `entry`: that began; `other`: rarer routes. */
type PathNodeKind = 'route' | 'other' | 'exit' | 'open' | 'entry';

/** What sessions were at after so many steps. */
interface PathNode {
  /** Steps from the anchor. */
  readonly layer: number;
  readonly kind: PathNodeKind;
  /** Empty where it is not one route. */
  readonly route: string;
  readonly sessions: number;
  /** How many routes it stands for. */
  readonly routes: number;
}

/** Sessions that went from one node to the next; both are places in the list of nodes. */
interface PathLink {
  /** The one nearer to the anchor. */
  readonly source: number;
  readonly target: number;
  readonly sessions: number;
  /** Of those, how many were by it on the page that they had been on right before. */
  readonly back: number;
}

export interface PathTree {
  /** Sessions that have the anchor. */
  readonly sessions: number;
  /** By layer; in each the most frequent route first, and what is no route last. */
  readonly nodes: readonly PathNode[];
  readonly links: readonly PathLink[];
}

/** Most routes of a layer that stand for themselves. */
const MAX_ROUTES = 12;

/** A route, or the name of what is none. */
type Place = { readonly kind: PathNodeKind; readonly route: string };

/**
 * What sessions did after, or before, they were somewhere. Each counts once, from the first time that it was there.
 *
 * @example
 * ```ts
 * pathTree([{ routes: ['/', '/cart'], isOpen: false }], { anchor: '/', direction: 'from', depth: 2, share: 0 }).links.length; // 2
 * ```
 */
export function pathTree(walks: readonly Walk[], question: PathQuestion): PathTree {
  const paths = walks.map((walk) => pathOf(walk, question)).filter((path) => path !== null);
  const kept = keptRoutes(paths, question.share);
  const nodes = new Map<string, { layer: number; place: Place; sessions: number; routes: Set<string> }>();
  const links = new Map<string, { source: string; target: string; sessions: number; back: number }>();
  for (const path of paths) {
    let previous: string | null = null;
    for (const [layer, step] of path.entries()) {
      const isKept = step.kind !== 'route' || kept[layer]?.has(step.route) === true;
      const place: Place = isKept ? step : { kind: 'other', route: '' };
      const key = `${layer}\n${place.kind}\n${place.route}`;
      const node = nodes.get(key) ?? { layer, place, sessions: 0, routes: new Set() };
      nodes.set(key, node);
      node.sessions += 1;
      if (step.kind === 'route') node.routes.add(step.route);
      if (previous !== null) {
        const between = `${previous}\n\n${key}`;
        const link = links.get(between) ?? { source: previous, target: key, sessions: 0, back: 0 };
        links.set(between, link);
        link.sessions += 1;
        if (isBack(path, layer)) link.back += 1;
      }
      previous = key;
    }
  }
  const ordered = [...nodes].sort(
    ([, a], [, b]) =>
      a.layer - b.layer ||
      ORDER.indexOf(a.place.kind) - ORDER.indexOf(b.place.kind) ||
      b.sessions - a.sessions ||
      (a.place.route < b.place.route ? -1 : 1),
  );
  const places = new Map(ordered.map(([key], index) => [key, index]));
  return {
    sessions: paths.length,
    nodes: ordered.map(([, { layer, place, sessions, routes }]) => ({
      layer,
      ...place,
      sessions,
      routes: routes.size,
    })),
    links: [...links.values()]
      .map(({ source, target, sessions, back }) => ({
        source: places.get(source) ?? 0,
        target: places.get(target) ?? 0,
        sessions,
        back,
      }))
      .sort((a, b) => a.source - b.source || a.target - b.target),
  };
}

const ORDER: readonly PathNodeKind[] = ['route', 'other', 'open', 'entry', 'exit'];

/** From the anchor on; null where the session does not have it. */
function pathOf(
  { routes, isOpen }: Walk,
  { anchor, direction, depth }: PathQuestion,
): readonly Place[] | null {
  const isForward = direction === 'from';
  const at = anchor === null ? (isForward ? 0 : routes.length - 1) : routes.indexOf(anchor);
  if (at < 0) return null;
  const way = isForward ? routes.slice(at) : routes.slice(0, at + 1).reverse();
  const steps = way.slice(0, depth + 1).map((route): Place => ({ kind: 'route', route }));
  if (way.length > depth) return steps;
  return [...steps, { kind: isForward ? (isOpen ? 'open' : 'exit') : 'entry', route: '' }];
}

function isBack(path: readonly Place[], layer: number): boolean {
  const [here, before, last] = [path[layer], path[layer - 2], path[layer - 1]];
  if (here?.kind !== 'route' || before === undefined) return false;
  return here.route === before.route && here.route !== last?.route;
}

/** Of each layer the routes that stand for themselves. */
function keptRoutes(paths: readonly (readonly Place[])[], share: number): readonly ReadonlySet<string>[] {
  const counts: Map<string, number>[] = [];
  for (const path of paths) {
    for (const [layer, { kind, route }] of path.entries()) {
      if (kind !== 'route') continue;
      counts[layer] ??= new Map();
      counts[layer].set(route, (counts[layer].get(route) ?? 0) + 1);
    }
  }
  return counts.map((routes) => {
    const frequent = [...routes]
      .filter(([, sessions]) => sessions >= share * paths.length)
      .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
      .slice(0, MAX_ROUTES);
    return new Set(frequent.map(([route]) => route));
  });
}
