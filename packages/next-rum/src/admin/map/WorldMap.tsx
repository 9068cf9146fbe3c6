import type { ReactElement } from 'react';
import { valueLabel } from '../dimensions.js';
import { formatViews } from '../format.js';
import { WORLD_SHAPES } from './worldShapes.js';

interface WorldMapProps {
  /** By country. */
  readonly views: ReadonlyMap<string, number>;
}

/** Steps of colour beyond none. */
const LEVELS = 5;

/** Where views come from. The table beside it says the same to whoever cannot see it. */
export function WorldMap({ views }: WorldMapProps): ReactElement {
  const most = Math.max(1, ...views.values());
  return (
    <svg className="rum-world" viewBox="0 0 960 470" role="img" aria-label="Map of views by country">
      {WORLD_SHAPES.map(([country, path], index) => {
        const n = views.get(country) ?? 0;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: shapes never move, and some have no code
          <path key={index} d={path} data-level={levelOf(n, most)}>
            {n === 0 ? null : <title>{`${valueLabel('country', country)}: ${formatViews(n)}`}</title>}
          </path>
        );
      })}
    </svg>
  );
}

/** By magnitude, for most views come from few countries: the last step holds what is over a third of the most, each before it a third of that. */
function levelOf(n: number, most: number): number {
  if (n === 0) return 0;
  return Math.max(1, LEVELS - Math.floor(Math.log(most / n) / Math.log(3)));
}
