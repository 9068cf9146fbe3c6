import type { JourneyResponse } from '../../server/api.js';

type Node = JourneyResponse['nodes'][number];

/** What a node is called. */
export function nodeLabel({ kind, route, routes }: Node, direction: JourneyResponse['direction']): string {
  switch (kind) {
    case 'route':
      return route === '' ? '(none)' : route;
    case 'other':
      return `${routes} rarer ${routes === 1 ? 'page' : 'pages'}`;
    case 'exit':
      return 'Left';
    case 'open':
      return 'May go on';
    case 'entry':
      return direction === 'to' ? 'Came in' : 'Entry';
  }
}

/** Which step a layer is: `2 steps later`. */
export function layerLabel(
  layer: number,
  { anchor, direction }: Pick<JourneyResponse, 'anchor' | 'direction'>,
): string {
  if (layer === 0) {
    if (anchor !== null) return 'There';
    return direction === 'from' ? 'Entry' : 'Last page';
  }
  return `${layer} ${layer === 1 ? 'step' : 'steps'} ${direction === 'from' ? 'later' : 'before'}`;
}
