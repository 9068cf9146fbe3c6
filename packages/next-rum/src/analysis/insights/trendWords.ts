import type { VitalName } from '@rumkit/react-rum/protocol';
import type { DayValue, FollowedMetric } from '../comparison/daySeries.js';
import { hasRisen, type TellingDay } from '../comparison/tellingDays.js';
import type { DayShift, DayTrend } from '../comparison/testDays.js';
import type { SideFigure } from '../comparison/testSides.js';
import { formatCount, formatInterval, formatVital, LOCALE, NO_VALUE, vitalMeasure } from './figureText.js';

/** A trend or a shift in plain sentences. What visitors' browsers sent is in them as it is: to be shown as text. */
export interface TrendWords {
  /** What rose or fell where, since when, from what to what, with interval and n. */
  readonly sentence: string;
  /** What it is told from, and where it is the same. */
  readonly basis: string;
  /** How many views a day it is about. */
  readonly affected: string;
}

const DAY = 86_400_000;
const WEEK = 7 * DAY;
const ROUTES_NAMED = 3;
const date = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'long', timeZone: 'UTC' });

/** Says what a trend or a shift is, in words. Its days are those of UTC, whatever the clock of who reads. */
export function trendWords(finding: TellingDay): TrendWords {
  const sentence = finding.kind === 'trend' ? trendSentence(finding) : shiftSentence(finding);
  const basis = finding.kind === 'trend' ? trendBasis(finding) : shiftBasis(finding);
  return {
    sentence,
    basis: `${basis}${alikeText(finding)}`,
    affected: affectedText(finding),
  };
}

function trendSentence(finding: DayTrend & TellingDay): string {
  const { metric, days, slope, first, last, n } = finding;
  const isRise = hasRisen(finding);
  const [low, high] = isRise ? [slope.low, slope.high] : [-slope.high, -slope.low];
  const verb = `${metric === 'views' || metric === 'errors' ? 'have' : 'has'} ${isRise ? 'risen' : 'fallen'}`;
  const sure = `95 %: ${changeInterval(metric, low, high)} a week, n = ${formatCount(n)}`;
  return `${subject(finding)} ${verb} by ${changeText(metric, Math.abs(slope.value))} a week for ${weeksOf(days)}, from ${dayFigure(metric, first)} to ${dayFigure(metric, last)} (${sure})`;
}

function shiftSentence(finding: DayShift & TellingDay): string {
  const { metric, before, after, from, to } = finding;
  const when =
    from === to ? `on ${date.format(from)}` : `between ${date.format(from)} and ${date.format(to)}`;
  return `${subject(finding)} went from ${sideText(metric, before)} to ${sideText(metric, after)} ${when} (${sureText(metric, after)}), and ${metric === 'views' || metric === 'errors' ? 'have' : 'has'} stayed there`;
}

function trendBasis({ days }: DayTrend): string {
  const [first, last] = [days[0]?.t ?? 0, days.at(-1)?.t ?? 0];
  return `Told from ${formatCount(days.length)} days, ${date.format(first)} to ${date.format(last)}, what is usual on each weekday taken out.`;
}

function shiftBasis({ metric, days, before, at }: DayShift): string {
  const earlier = days.filter(({ t }) => t < at).length;
  return `Compared with the ${formatCount(earlier)} days before (${sureText(metric, before)}), what is usual on each weekday taken out.`;
}

function alikeText({ alike }: TellingDay): string {
  if (alike.length === 0) return '';
  const named = alike.slice(0, ROUTES_NAMED);
  const more = alike.length - named.length;
  return ` The same on ${named.join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}.`;
}

function subject({ metric, route }: TellingDay): string {
  const at = route === null ? '' : ` on ${route}`;
  if (metric === 'views') return `Views a day${at}`;
  return metric === 'errors' ? `Errors${at}` : `p75 ${metric.toUpperCase()}${at}`;
}

/** What a trend is called: `LCP, /cart`. */
export function trendName({ metric, route }: Pick<TellingDay, 'metric' | 'route'>): string {
  const name = metric === 'views' ? 'Views a day' : metric === 'errors' ? 'Errors' : metric.toUpperCase();
  return route === null ? name : `${name}, ${route}`;
}

function weeksOf(days: readonly DayValue[]): string {
  const span = (days.at(-1)?.t ?? 0) - (days[0]?.t ?? 0) + DAY;
  return `${formatCount(Math.round(span / WEEK))} weeks`;
}

function vitalOf(metric: FollowedMetric): VitalName | null {
  return metric === 'views' || metric === 'errors' ? null : metric;
}

/** What a metric was on a day. */
export function dayFigure(metric: FollowedMetric, value: number): string {
  const vital = vitalOf(metric);
  if (vital !== null) return formatVital(vital, value);
  return metric === 'views' ? formatCount(value) : `${perHundred(value)} per 100 views`;
}

/** By how much it changes. */
function changeText(metric: FollowedMetric, value: number): string {
  return metric === 'cls' ? twoDigits(value) : dayFigure(metric, value);
}

function changeInterval(metric: FollowedMetric, low: number, high: number): string {
  const [from, to] = [low, high].map((end) => signed(metric, end));
  return low < 0 ? `${from} to ${to}` : `${withoutUnit(metric, low, high)}–${to}`;
}

function signed(metric: FollowedMetric, value: number): string {
  return `${value < 0 ? '−' : ''}${changeText(metric, Math.abs(value))}`;
}

/** The lower end, whose unit the upper one says. */
function withoutUnit(metric: FollowedMetric, low: number, high: number): string {
  if (metric === 'errors') return perHundred(low);
  const vital = vitalOf(metric);
  if (vital === null || metric === 'cls') return changeText(metric, low);
  const [from, to] = [vitalMeasure(vital, low), vitalMeasure(vital, high)];
  return from.unit === to.unit ? from.value : `${from.value} ${from.unit}`;
}

function sideText(metric: FollowedMetric, { value }: SideFigure): string {
  return value === null ? NO_VALUE : dayFigure(metric, value.value);
}

function sureText(metric: FollowedMetric, { value, n }: SideFigure): string {
  const views = `n = ${formatCount(n)}`;
  if (value === null) return views;
  const vital = vitalOf(metric);
  const interval =
    vital === null
      ? `${metric === 'views' ? formatCount(value.low) : perHundred(value.low)}–${dayFigure(metric, value.high)}`
      : formatInterval(vital, [value.low, value.high]);
  return `95 %: ${interval}, ${views}`;
}

function affectedText({ metric, affected }: TellingDay): string {
  const n = Math.abs(affected);
  const one = n === 1;
  if (metric === 'views')
    return `${formatCount(n)} ${one ? 'view' : 'views'} a day ${affected > 0 ? 'fewer' : 'more'}`;
  const what = metric === 'errors' ? (one ? 'error' : 'errors') : `slow ${one ? 'view' : 'views'}`;
  return `${formatCount(n)} ${what} a day ${affected > 0 ? 'more' : 'fewer'}`;
}

function perHundred(share: number): string {
  return twoDigits(100 * share);
}

function twoDigits(value: number): string {
  return String(Number(value.toPrecision(2)));
}
