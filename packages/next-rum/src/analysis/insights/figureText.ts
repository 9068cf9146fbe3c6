import type { VitalName } from '@rumkit/react-rum/protocol';

/** Language of every number and date. The admin's text is English, so its numbers are too. */
export const LOCALE = 'en-GB';

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

const counts = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });

/** A count in full: `1,234,567`. */
export function formatCount(count: number): string {
  return counts.format(count);
}

/** `part` of `whole` in percent. What is there never rounds to 0 %, what is missing never to 100 %. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return NO_VALUE;
  const percent = (part / whole) * 100;
  if (part > 0 && percent < 1) return '<1 %';
  if (part < whole && percent > 99) return '>99 %';
  return `${Math.round(percent)} %`;
}

/** Both ends of an interval, the unit said once: `1.24–1.31 s`, `280–310 ms`, `950 ms–1.02 s`. */
export function formatInterval(name: VitalName, [low, high]: readonly [number, number]): string {
  const [from, to] = [vitalMeasure(name, low), vitalMeasure(name, high)];
  const start = from.unit === to.unit ? from.value : `${from.value} ${from.unit}`;
  return `${start}–${to.value}${to.unit === '' ? '' : ` ${to.unit}`}`;
}

const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** A country by its name, where the code is known. */
export function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (countries.of(code) ?? code) : code;
}
