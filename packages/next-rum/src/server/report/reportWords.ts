import { formatInterval, formatVital } from '../../analysis/insights/figureText.js';
import type { ReportVital, WeekReport } from './report.js';

export const VITAL_LABELS: { readonly [name in ReportVital['name']]: string } = {
  lcp: 'LCP',
  inp: 'INP',
  cls: 'CLS',
  fcp: 'FCP',
  ttfb: 'TTFB',
};

/** `2.10 s (95 %: 2.05–2.16 s, n = 8,204)`. */
export function vitalWords({ name, p75, interval, n }: ReportVital): string {
  if (p75 === null) return 'no view has it';
  const sure = interval === null ? '' : `95 %: ${formatInterval(name, interval)}, `;
  return `${formatVital(name, p75)} (${sure}n = ${n.toLocaleString('en-GB')})`;
}

type ReportRoute = WeekReport['routes'][number];

/** `LCP 2.10 s (95 %: 2.05–2.16 s)` of a route. */
export function routeVital(route: ReportRoute, name: keyof ReportRoute['intervals']): string {
  const [p75, interval] = [route[name], route.intervals[name]];
  const sure = interval === null ? 'too few for an interval' : `95 %: ${formatInterval(name, interval)}`;
  return `${VITAL_LABELS[name]} ${formatVital(name, p75)}${p75 === null ? '' : ` (${sure})`}`;
}

/** `240 ms worse than 1.86 s (95 %: 180–300 ms)`, or that it is no more than chance. */
export function changeWords({ name, change, before }: ReportVital): string {
  if (change === null || before === null) return 'too few views to compare';
  if (!change.isSure) return `no significant change from ${formatVital(name, before)}`;
  const size = formatVital(name, Math.abs(change.value));
  const [low, high] = change.interval;
  const sure = formatInterval(name, low > 0 ? [low, high] : [-high, -low]);
  return `${size} ${change.value > 0 ? 'worse' : 'better'} than ${formatVital(name, before)} (95 %: ${sure})`;
}

/** `+12 %` against the week before. */
export function relative(now: number, before: number): string {
  if (before === 0) return now === 0 ? 'as the week before' : 'none the week before';
  const percent = Math.round((100 * (now - before)) / before);
  return percent === 0
    ? 'as the week before'
    : `${percent > 0 ? '+' : '−'}${Math.abs(percent)} % on the week before`;
}

/** `16–22 Nov 2026`. */
export function weekWords({ from, to, timeZone }: Pick<WeekReport, 'from' | 'to' | 'timeZone'>): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
  // Versions of Node differ in the width of these spaces.
  return format
    .formatRange(from, to - 1)
    .replace(/\s*–\s*/u, '–')
    .replace(/\s/gu, ' ');
}

export function dayFormat(timeZone: string): (time: number) => string {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', day: 'numeric' });
  return (time) => format.format(time);
}

const LONGEST = 160;

/** What a browser sent, in one line and not too long: https://support.google.com/mail/answer/6594 hides what is after 102 KB. */
export function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
