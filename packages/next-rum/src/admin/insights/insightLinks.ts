import type { FoundTrend, Insight } from '../../server/api.js';
import type { Filter, Question } from '../../server/question.js';
import type { Page } from '../address/page.js';
import type { UrlState } from '../address/urlState.js';
import { DIMENSIONS } from '../dimensions.js';
import { VITALS } from '../vitals.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Place = Insight['where'];

/** The page that shows what an incident, a difference or a trend is about. */
export function pageOf({ metric }: { readonly metric: Insight['metric'] | FoundTrend['metric'] }): Page {
  const vital = VITALS.find(({ name }) => name === metric);
  if (vital !== undefined) return { name: 'vitals', metric: vital.name };
  return metric === 'errors' ? { name: 'errors' } : { name: 'overview' };
}

/** What is asked there: its time and the day before it, and the views that some places have in common. */
export function changeFor(
  { began, ended, updatedAt }: Insight,
  places: readonly Place[],
  question: Question,
): Partial<UrlState> {
  const to = Math.max(ended ?? updatedAt, began + HOUR);
  return {
    question: {
      ...question,
      range: { from: began - DAY, to },
      compare: 'none',
      filters: filtersOf(places),
    },
  };
}

/** Where there are several places they are of the same dimensions: any value of each. */
function filtersOf(places: readonly Place[]): readonly Filter[] {
  return DIMENSIONS.flatMap(({ name }) => {
    const values = [...new Set(places.flatMap((place) => place[name] ?? []))];
    return values.length === 0 ? [] : [{ dimension: name, keep: true, values }];
  });
}
