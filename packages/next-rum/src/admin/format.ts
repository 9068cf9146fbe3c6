import type { VitalName } from '@rumkit/react-rum/protocol';

/** Language of every number and date in the admin. Its text is English, so its numbers are too. */
const LOCALE = 'en-GB';

/** Shown where there is no value. */
export const NO_VALUE = '—';

/** A number and its unit apart, so that each can have its own size. */
export interface Measure {
  readonly value: string;
  /** Empty where the value has none. */
  readonly unit: string;
}

/** A duration in ms: `312 ms`, `1.24 s`, `12.4 s`. */
function durationMeasure(ms: number): Measure {
  if (Math.round(ms) < 1000) return { value: String(Math.round(ms)), unit: 'ms' };
  const seconds = ms / 1000;
  return { value: seconds.toFixed(seconds < 9.995 ? 2 : 1), unit: 's' };
}

/** The value of a vital: CLS as a plain score with two decimals, all others as durations. */
export function vitalMeasure(name: VitalName, value: number): Measure {
  return name === 'cls' ? { value: value.toFixed(2), unit: '' } : durationMeasure(value);
}

/** {@link vitalMeasure} in one string, {@link NO_VALUE} where there is none. */
export function formatVital(name: VitalName, value: number | null): string {
  if (value === null) return NO_VALUE;
  const measure = vitalMeasure(name, value);
  return measure.unit === '' ? measure.value : `${measure.value} ${measure.unit}`;
}

/** A threshold as people write it: `2.5 s`, `200 ms`, `0.1`. */
export function formatThreshold(name: VitalName, value: number): string {
  if (name === 'cls') return String(value);
  return value < 1000 ? `${value} ms` : `${value / 1000} s`;
}

const counts = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const compactCounts = new Intl.NumberFormat(LOCALE, { notation: 'compact', maximumFractionDigits: 1 });

/** A count in full: `1,234,567`. */
export function formatCount(count: number): string {
  return counts.format(count);
}

/** `1 view`, `1,234 views`. */
export function formatViews(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'view' : 'views'}`;
}

/** A count for an axis, where room is short: `1.2M`. */
export function formatCompactCount(count: number): string {
  return compactCounts.format(count);
}

/** `part` of `whole` in percent. What is there never rounds to 0 %, what is missing never to 100 %. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return NO_VALUE;
  const percent = (part / whole) * 100;
  if (part > 0 && percent < 1) return '<1 %';
  if (part < whole && percent > 99) return '>99 %';
  return `${Math.round(percent)} %`;
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

/** Both ends of an interval, the unit said once: `1.24–1.31 s`, `280–310 ms`, `950 ms–1.02 s`. */
export function formatInterval(name: VitalName, [low, high]: readonly [number, number]): string {
  const [from, to] = [vitalMeasure(name, low), vitalMeasure(name, high)];
  const start = from.unit === to.unit ? from.value : `${from.value} ${from.unit}`;
  return `${start}–${to.value}${to.unit === '' ? '' : ` ${to.unit}`}`;
}

/** How a count changed: `+12 %`, `−3 %`, `±0 %`, `>+999 %`; empty where there was none to change from. */
export function formatGrowth(before: number, now: number): string {
  if (before === 0) return '';
  const percent = Math.round((now / before - 1) * 100);
  if (percent > 999) return '>+999 %';
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
