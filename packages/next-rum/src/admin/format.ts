import type { VitalName } from '@rumkit/react-rum/protocol';
import { formatCount, formatInterval, LOCALE, NO_VALUE } from '../analysis/insights/figureText.js';

export {
  formatCount,
  formatInterval,
  formatShare,
  formatVital,
  NO_VALUE,
  vitalMeasure,
} from '../analysis/insights/figureText.js';

/** How sure a percentile is: `95 % sure within 1.24–1.31 s`, or that too few views have it. */
export function sureWords(name: VitalName, interval: readonly [number, number] | null): string {
  return interval === null ? 'too few for an interval' : `95 % sure within ${formatInterval(name, interval)}`;
}

/** `1.24–1.31 s`, or that too few views have the percentile. */
export function intervalWords(name: VitalName, interval: readonly [number, number] | null): string {
  return interval === null ? 'too few' : formatInterval(name, interval);
}

/** A threshold as people write it: `2.5 s`, `200 ms`, `0.1`. */
export function formatThreshold(name: VitalName, value: number): string {
  if (name === 'cls') return String(value);
  return value < 1000 ? `${value} ms` : `${value / 1000} s`;
}

const compactCounts = new Intl.NumberFormat(LOCALE, { notation: 'compact', maximumFractionDigits: 1 });

/** `1 view`, `1,234 views`. */
export function formatViews(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'view' : 'views'}`;
}

/** A count for an axis, where room is short: `1.2M`. */
export function formatCompactCount(count: number): string {
  return compactCounts.format(count);
}

/** How long ago something was, from its age in ms: `now`, `12 s ago`, `4 min ago`, `2 h ago`. */
export function formatAge(age: number): string {
  const seconds = Math.floor(age / 1000);
  if (seconds < 2) return 'now';
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86_400)} d ago`;
}

/** How a count changed: `+12 %`, `−3 %`, `±0 %`, `>10×`; empty where there was none to change from. */
export function formatGrowth(before: number, now: number): string {
  if (before === 0) return '';
  const percent = Math.round((now / before - 1) * 100);
  if (percent > 900) return '>10×';
  return percent === 0 ? '±0 %' : `${percent > 0 ? '+' : '−'}${formatCount(Math.abs(percent))} %`;
}

/** Bytes: `0 B`, `512 B`, `1.4 kB`, `23 MB`, in thousands as browsers' tools count them. */
export function formatBytes(bytes: number | null): string {
  if (bytes === null) return NO_VALUE;
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let [value, place] = [bytes, 0];
  while (Math.round(value) >= 1000 && place < units.length - 1) {
    value /= 1000;
    place += 1;
  }
  const digits = place === 0 || value >= 9.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[place]}`;
}
