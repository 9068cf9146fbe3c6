import type { VitalName } from '@rumkit/react-rum/protocol';
import { type Rating, rateVital } from '../../analysis/rating.js';
import type { BreakdownRow, OverviewResponse, VitalFigures } from '../../server/api.js';
import { changeBetween, changeWords } from '../change.js';
import { formatVital } from '../format.js';

/** One thing to know. */
export interface Remark {
  readonly tone: Rating | 'neutral';
  readonly text: string;
}

const CORE = [
  { name: 'lcp', short: 'LCP' },
  { name: 'inp', short: 'INP' },
  { name: 'cls', short: 'CLS' },
] as const satisfies readonly { name: VitalName; short: string }[];
type CoreName = (typeof CORE)[number]['name'];

const STATES: { readonly [rating in Rating]: string } = {
  good: 'is good',
  needsImprovement: 'needs improvement',
  poor: 'is poor',
};
const ORDER: readonly Rating[] = ['good', 'needsImprovement', 'poor'];

/**
 * What the figures say of how the app feels, worst first, each only as far as they bear it: a rating is stated where the whole
 * 95 % interval of the p75 has it, a device is named where its own interval tells it from the others, and a change where both
 * intervals stand apart.
 *
 * @param devices Views and vitals by device.
 */
export function healthRemarks(
  overview: OverviewResponse,
  devices: readonly BreakdownRow[],
): readonly Remark[] {
  const measured = CORE.filter(({ name }) => overview.vitals[name].p75 !== null);
  if (measured.length === 0) return [];
  const ratings = measured.map((vital) => ({
    ...vital,
    rating: sureRating(vital.name, overview.vitals[vital.name]),
  }));
  const remarks = ratings
    .filter(({ rating }) => rating !== 'good')
    .sort((a, b) => severity(b.rating) - severity(a.rating))
    .map(({ name, short, rating }): Remark => {
      const figures = overview.vitals[name];
      return rating === null
        ? { tone: 'neutral', text: unsure(name, short, figures) }
        : {
            tone: rating,
            text: `${short} ${STATES[rating]}: three of four views are within ${formatVital(name, figures.p75)}${where(name, devices)}.`,
          };
    });
  const good = ratings.filter(({ rating }) => rating === 'good').map(({ short }) => short);
  if (good.length > 0) {
    const are = good.length === 1 ? 'is' : good.length === CORE.length ? 'are all' : 'are';
    remarks.push({ tone: 'good', text: `${listed(good)} ${are} good.` });
    for (const { name, short, rating } of ratings) {
      const worse = rating === 'good' ? where(name, devices) : '';
      if (worse !== '') remarks.push({ tone: 'needsImprovement', text: `${short} differs${worse}.` });
    }
  }
  return [...remarks, ...changes(overview)];
}

function severity(rating: Rating | null): number {
  return rating === null ? 0 : ORDER.indexOf(rating);
}

/** The rating of the whole interval; null where it reaches over a threshold, or there is none. */
function sureRating(name: VitalName, { interval }: Pick<VitalFigures, 'interval'>): Rating | null {
  if (interval === null) return null;
  const [low, high] = interval.map((end) => rateVital(name, end));
  return low === high && low !== undefined ? low : null;
}

function unsure(name: CoreName, short: string, { p75, n, interval }: VitalFigures): string {
  const value = formatVital(name, p75);
  if (interval === null) {
    return `${short} is ${value} so far, but ${n} ${n === 1 ? 'view is' : 'views are'} too few to be sure.`;
  }
  const [low, high] = [rateVital(name, interval[0]), rateVital(name, interval[1])];
  const words = (rating: Rating): string => (rating === 'needsImprovement' ? 'needing improvement' : rating);
  return `${short} is ${value}, on the border between ${words(low)} and ${words(high)}.`;
}

/** ` — poor on mobile (5.20 s), good on desktop`; empty where the devices cannot be told apart. */
function where(name: CoreName, devices: readonly BreakdownRow[]): string {
  const rated = devices.flatMap(({ value, vitals }) => {
    const rating = sureRating(name, vitals[name]);
    return rating === null || value === '' || value === 'unknown' || value === '(other)'
      ? []
      : [{ device: value, rating, p75: vitals[name].p75 }];
  });
  const sorted = rated.sort((a, b) => severity(b.rating) - severity(a.rating) || (b.p75 ?? 0) - (a.p75 ?? 0));
  const [worst, best] = [sorted[0], sorted.at(-1)];
  if (worst === undefined || best === undefined || worst.rating === best.rating) return '';
  const said = (rating: Rating): string =>
    rating === 'needsImprovement' ? 'in need of improvement' : rating;
  return ` – ${said(worst.rating)} on ${worst.device} (${formatVital(name, worst.p75)}), ${said(best.rating)} on ${best.device}`;
}

function changes({ vitals, compared }: OverviewResponse): readonly Remark[] {
  if (compared === null) return [];
  const certain = CORE.flatMap(({ name, short }): Remark[] => {
    const change = changeBetween(compared.vitals[name], vitals[name]);
    if (change === null || !change.certain) return [];
    return [
      {
        tone: change.direction === 'better' ? 'good' : 'poor',
        text: `${short} is ${changeWords(name, change)} than in the time compared with: ${formatVital(name, change.from)} then, ${formatVital(name, change.to)} now.`,
      },
    ];
  });
  if (certain.length > 0) return certain;
  if (CORE.every(({ name }) => compared.vitals[name].interval === null)) {
    return [{ tone: 'neutral', text: 'The time compared with has too few views to tell a change.' }];
  }
  return [{ tone: 'neutral', text: 'LCP, INP and CLS changed by no more than chance explains.' }];
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
