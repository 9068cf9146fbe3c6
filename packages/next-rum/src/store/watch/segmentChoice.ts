/** In which dimensions a site is watched, and most values of each: so many fit into a state of some megabytes. */
const WATCHED = { route: 50, country: 25, browser: 12, connection: 6, device: 5 } as const;
export type WatchedDimension = keyof typeof WATCHED;
export const WATCHED_DIMENSIONS: readonly WatchedDimension[] = Object.keys(WATCHED) as WatchedDimension[];

/** Which values are watched, and how many views each had; what was a week ago counts half. As it is saved. */
export interface SegmentChoiceState {
  /** UTC day that it was made on, counted from 1970. */
  readonly day: number;
  readonly dimensions: {
    readonly [dimension: string]: {
      readonly watched: readonly string[];
      readonly views: readonly (readonly [value: string, views: number])[];
    };
  };
}

export interface SegmentChoice {
  /**
   * The values of an hour that are watched. New ones are taken as long as there is room; once a day the most frequent ones
   * are chosen anew.
   */
  readonly choose: (
    t: number,
    viewsOf: (dimension: WatchedDimension) => ReadonlyMap<string, number>,
  ) => ReadonlyMap<WatchedDimension, ReadonlySet<string>>;
  readonly save: () => SegmentChoiceState;
}

const DAY = 86_400_000;
const KEPT_A_DAY = 2 ** (-1 / 7);
/** Values that are counted, for each that may be watched. */
const COUNTED = 4;

export function createSegmentChoice(state?: SegmentChoiceState): SegmentChoice {
  let day = state?.day ?? Number.NaN;
  const of = new Map(
    WATCHED_DIMENSIONS.map((dimension) => [
      dimension,
      {
        most: WATCHED[dimension],
        watched: new Set(state?.dimensions[dimension]?.watched),
        views: new Map(state?.dimensions[dimension]?.views),
      },
    ]),
  );

  const turn = (days: number): void => {
    for (const each of of.values()) {
      const ranked = [...each.views]
        .map(([value, views]) => [value, views * KEPT_A_DAY ** days] as const)
        .sort(([one, views], [other, ofOther]) => ofOther - views || (one < other ? -1 : 1));
      each.views = new Map(ranked.slice(0, COUNTED * each.most));
      each.watched = new Set(ranked.slice(0, each.most).map(([value]) => value));
    }
  };

  return {
    choose: (t, viewsOf) => {
      const today = Math.floor(t / DAY);
      if (!Number.isNaN(day) && today > day) turn(today - day);
      day = today;
      return new Map(
        [...of].map(([dimension, each]) => {
          const here = [...viewsOf(dimension)].filter(([value]) => value !== '' && value !== '(other)');
          here.sort(([one, views], [other, ofOther]) => ofOther - views || (one < other ? -1 : 1));
          for (const [value, n] of here) {
            // A flood of made-up values takes no room.
            if (!each.views.has(value) && each.views.size >= 2 * COUNTED * each.most) continue;
            each.views.set(value, (each.views.get(value) ?? 0) + n);
            if (each.watched.size < each.most) each.watched.add(value);
          }
          return [dimension, each.watched];
        }),
      );
    },
    save: () => ({
      day,
      dimensions: Object.fromEntries(
        [...of].map(([dimension, { watched, views }]) => [
          dimension,
          { watched: [...watched], views: [...views] },
        ]),
      ),
    }),
  };
}
