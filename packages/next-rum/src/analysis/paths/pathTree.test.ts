import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PathQuestion, pathTree, type Walk } from './pathTree.js';

const someWalks = fc.array(
  fc.record({
    routes: fc.array(fc.constantFrom('/', '/a', '/b', '/c', '/d'), { minLength: 1, maxLength: 8 }),
    isOpen: fc.boolean(),
  }),
  { maxLength: 40 },
);
const someQuestion = fc.record({
  anchor: fc.constantFrom(null, '/', '/a', '/nowhere'),
  direction: fc.constantFrom('from' as const, 'to' as const),
  depth: fc.integer({ min: 1, max: 6 }),
  share: fc.constantFrom(0, 0.05, 0.3),
});

/** What a session was at after so many steps, or null. */
function at(
  { routes, isOpen }: Walk,
  { anchor, direction, depth }: PathQuestion,
  layer: number,
): string | null {
  if (layer > depth) return null;
  const place = anchor === null ? (direction === 'from' ? 0 : routes.length - 1) : routes.indexOf(anchor);
  if (place === -1) return null;
  const index = direction === 'from' ? place + layer : place - layer;
  if (index >= 0 && index < routes.length) return `route ${routes[index]}`;
  if (index !== -1 && index !== routes.length) return null;
  return direction === 'to' ? 'entry ' : isOpen ? 'open ' : 'exit ';
}

test('nodes and links are what the sessions did, step by step', () => {
  fc.assert(
    fc.property(someWalks, someQuestion, (walks, question) => {
      const { sessions, nodes, links } = pathTree(walks, question);
      const meant = walks.filter((walk) => at(walk, question, 0) !== null);
      expect(sessions).toBe(meant.length);
      const frequent = (layer: number, name: string): boolean =>
        meant.filter((walk) => at(walk, question, layer) === name).length >= question.share * meant.length;
      const nameOf = (walk: Walk, layer: number): string | null => {
        const name = at(walk, question, layer);
        return name?.startsWith('route ') && !frequent(layer, name) ? 'other ' : name;
      };
      for (const { layer, kind, route, sessions: n } of nodes) {
        expect(n).toBe(meant.filter((walk) => nameOf(walk, layer) === `${kind} ${route}`).length);
      }
      for (const { source, target, sessions: n } of links) {
        const [a, b] = [nodes[source], nodes[target]];
        expect(b?.layer).toBe((a?.layer ?? 0) + 1);
        expect(n).toBe(
          meant.filter(
            (walk) =>
              nameOf(walk, a?.layer ?? 0) === `${a?.kind} ${a?.route}` &&
              nameOf(walk, b?.layer ?? 0) === `${b?.kind} ${b?.route}`,
          ).length,
        );
      }
      for (let layer = 0; layer <= question.depth; layer += 1) {
        const sum = nodes
          .filter((node) => node.layer === layer)
          .reduce((all, node) => all + node.sessions, 0);
        expect(sum).toBe(meant.filter((walk) => at(walk, question, layer) !== null).length);
      }
      const steps = links.reduce((sum, link) => sum + link.sessions, 0);
      expect(steps).toBe(nodes.reduce((sum, node) => sum + (node.layer > 0 ? node.sessions : 0), 0));
    }),
  );
});

test('who goes on to where they came from is told, and the end of a session too', () => {
  const walks = [
    { routes: ['/', '/a', '/', '/b'], isOpen: false },
    { routes: ['/', '/a'], isOpen: true },
    { routes: ['/a', '/', '/a'], isOpen: false },
  ];
  const { nodes, links } = pathTree(walks, { anchor: '/', direction: 'from', depth: 2, share: 0 });
  expect(nodes.map(({ layer, kind, route, sessions }) => [layer, kind, route, sessions])).toEqual([
    [0, 'route', '/', 3],
    [1, 'route', '/a', 3],
    [2, 'route', '/', 1],
    [2, 'open', '', 1],
    [2, 'exit', '', 1],
  ]);
  expect(links.map(({ back }) => back)).toEqual([0, 1, 0, 0]);
  const before = pathTree(walks, { anchor: null, direction: 'to', depth: 1, share: 0.4 });
  expect(before.nodes.map(({ kind, route, routes }) => [kind, route, routes])).toEqual([
    ['route', '/a', 1],
    ['other', '', 1],
    ['route', '/', 1],
  ]);
});

test('of very many routes the rarest are counted together', () => {
  const walks = Array.from({ length: 40 }, (_, index) => ({
    routes: ['/', `/${index % 20}`],
    isOpen: false,
  }));
  const { nodes } = pathTree(walks, { anchor: '/', direction: 'from', depth: 1, share: 0 });
  expect(nodes.filter(({ kind }) => kind === 'route')).toHaveLength(13);
  expect(nodes.at(-1)).toMatchObject({ kind: 'other', routes: 8, sessions: 16 });
});
