const WEEK = 7 * 86_400_000;
/** The epoch began on a Thursday. */
const FIRST_MONDAY = 4 * 86_400_000;

/** The beginning of a moment's week, a Monday in UTC; both epoch ms. */
export function weekOf(at: number): number {
  return at - ((((at - FIRST_MONDAY) % WEEK) + WEEK) % WEEK);
}

/** Who was seen for the first time in one week, and how many of them in each week after. */
export interface WeekCohort {
  readonly t: number;
  readonly users: number;
  readonly returned: readonly number[];
}

/**
 * Groups users by the week in which they were seen first.
 *
 * @param seen Beginnings of the weeks in which each user was seen, in any order.
 * @param last Beginning of the last week that is told of.
 *
 * @example
 * ```ts
 * const monday = weekOf(Date.now());
 * weekCohorts([[monday - 7 * 86_400_000, monday]], monday); // one user, who returned
 * ```
 */
export function weekCohorts(seen: Iterable<readonly number[]>, last: number): readonly WeekCohort[] {
  const cohorts = new Map<number, { t: number; users: number; returned: number[] }>();
  for (const weeks of seen) {
    const different = [...new Set(weeks)].sort((a, b) => a - b);
    const [t] = different;
    if (t === undefined) continue;
    const after = Math.max(0, Math.round((last - t) / WEEK));
    const cohort = cohorts.get(t) ?? { t, users: 0, returned: Array.from({ length: after }, () => 0) };
    cohorts.set(t, cohort);
    cohort.users += 1;
    for (const week of different.slice(1)) {
      const place = Math.round((week - t) / WEEK) - 1;
      if (place < after) cohort.returned[place] = (cohort.returned[place] ?? 0) + 1;
    }
  }
  return [...cohorts.values()].sort((a, b) => a.t - b.t);
}
