import { createRequire } from 'node:module';
import { geoNaturalEarth1, geoPath } from 'd3-geo';
import countries from 'i18n-iso-countries';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';

const require = createRequire(import.meta.url);

/** Of the drawing. */
const SIZE = [960, 470] as const;
const ANTARCTICA = '010';

/** Outlines of all countries but Antarctica, where nobody browses, in the order of their codes. */
export function drawWorld(): readonly (readonly [country: string, path: string])[] {
  const world: Topology<{ countries: GeometryCollection }> = require('world-atlas/countries-110m.json');
  const { features } = feature(world, world.objects.countries);
  const shown = features.filter(({ id }) => id !== ANTARCTICA);
  const projection = geoNaturalEarth1().fitSize([...SIZE], { type: 'FeatureCollection', features: shown });
  const draw = geoPath(projection).digits(0);
  return shown
    .map((each) => [countries.numericToAlpha2(String(each.id ?? '')) ?? '', draw(each) ?? ''] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
