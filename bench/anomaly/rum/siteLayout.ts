import { segmentKey, type Where } from '../../../packages/next-rum/src/analysis/detectors/segment.js';
import type { SitePlan } from './sitePlan.js';
import type { Client, Country } from './siteShape.js';

/** By which pairs of dimensions views are told apart, besides by each one. */
const PAIRS = [
  ['route', 'country'],
  ['route', 'device'],
  ['route', 'browser'],
  ['route', 'connection'],
  ['country', 'device'],
  ['country', 'browser'],
  ['country', 'connection'],
  ['route', 'release'],
  ['browser', 'release'],
] as const;
/** The old one and the new one. */
export const RELEASES = ['1.3.0', '1.4.0'] as const;
/** Width of a bin: the logarithm by which it is higher than the one before. */
export const BIN_WIDTH = Math.log(1.0099 / 0.9901);

/** Views that are alike in all dimensions but the release. */
interface Cell {
  readonly share: number;
  readonly country: number;
  /** Bins that its median is off the fastest's. */
  readonly bins: number;
  readonly where: Where;
  /** Of the segments that its views count in, by release. */
  readonly segments: readonly (readonly number[])[];
  readonly isHit: boolean;
}

export interface Segment {
  readonly key: string;
  readonly where: Where;
}

/** Which cells a site has, and in which segments each counts. */
export function layOut({ shape, fault }: SitePlan): { cells: Cell[]; segments: Segment[] } {
  const segments: Segment[] = [];
  const places = new Map<string, number>();
  const placeOf = (where: Where): number => {
    const key = segmentKey(where);
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, segments.length);
    segments.push({ key, where });
    return segments.length - 1;
  };
  const cells = shape.routes.flatMap((route) =>
    shape.clients.flatMap((client) =>
      shape.countries.map((country, place): Cell => {
        const where = whereOf(route.name, client, country);
        return {
          share: route.share * client.share * country.share,
          country: place,
          bins: Math.log(route.slowness * client.slowness * country.slowness) / BIN_WIDTH,
          where,
          segments: RELEASES.map((release) => segmentsOf({ ...where, release }).map(placeOf)),
          isHit:
            fault !== null &&
            Object.entries(fault.where).every(([dimension, value]) => where[dimension] === value),
        };
      }),
    ),
  );
  return { cells, segments };
}

function whereOf(route: string, { device, browser, connection }: Client, country: Country): Where {
  return { route, device, browser, country: country.name, ...(connection !== null && { connection }) };
}

function segmentsOf(where: Where): Where[] {
  const singles = Object.entries(where).map(([dimension, value]) => ({ [dimension]: value }));
  const pairs = PAIRS.flatMap(([one, other]) => {
    const [first, second] = [where[one], where[other]];
    return first === undefined || second === undefined ? [] : [{ [one]: first, [other]: second }];
  });
  return [{}, ...singles, ...pairs];
}
