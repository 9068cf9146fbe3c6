import type { ReactElement } from 'react';
import { OnDemand } from '../OnDemand.js';
import './WorldMap.css';

/** The map of where views come from, once it is loaded. */
export function CountryMap({
  countries,
}: {
  readonly countries: readonly { readonly value: string; readonly views: number }[];
}): ReactElement {
  const views = new Map(countries.map((each) => [each.value, each.views]));
  return (
    <div className="rum-world-box">
      <OnDemand name="world" failure="The map could not be loaded" load={() => import('./WorldMap.js')}>
        {({ WorldMap }) => <WorldMap views={views} />}
      </OnDemand>
    </div>
  );
}
