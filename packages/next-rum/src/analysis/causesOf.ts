import type { VitalName } from '@rumkit/react-rum/protocol';
import { sortedInterval } from './statistics/sortedInterval.js';

/** A view that has the vital, and what its browser said of it. */
export interface ExplainedView {
  /** Of the vital: ms, CLS unitless. */
  readonly value: number;
  /** As the agent sends it, docs/protocol.md. */
  readonly attribution: { readonly [key: string]: unknown };
}

interface MeasuredP75 {
  readonly p75: number;
  /** 95 %, by order statistics; null of fewer than 11. */
  readonly interval: readonly [low: number, high: number] | null;
}

/** What the value is made of, ms. */
interface Part extends MeasuredP75 {
  readonly name: string;
  readonly mean: number;
  /** Views that tell it. */
  readonly n: number;
}

/** What was named as the reason; its p75 is the vital's in those views: ms, CLS unitless. */
interface Cause extends MeasuredP75 {
  readonly kind: string;
  readonly value: string;
  readonly views: number;
}

/** Why a vital is as it is. */
export interface Causes {
  /** Views that say why. */
  readonly n: number;
  /** Begin of the time they are from, epoch ms. */
  readonly since: number;
  /** In the order in which they happen. */
  readonly parts: readonly Part[];
  /** By kind, most views first, at most 20 a kind. */
  readonly causes: readonly Cause[];
}

interface Told {
  /** Keys of the parts, in the order in which they happen. */
  readonly parts: readonly string[];
  /** Keys of what is named as the reason, and how it is called. */
  readonly causes: readonly (readonly [key: string, kind: string])[];
}

const TOLD: { readonly [name in VitalName]: Told } = {
  lcp: {
    parts: ['timeToFirstByte', 'resourceLoadDelay', 'resourceLoadDuration', 'elementRenderDelay'],
    causes: [
      ['element', 'element'],
      ['url', 'url'],
    ],
  },
  inp: {
    parts: ['inputDelay', 'processingDuration', 'presentationDelay'],
    causes: [
      ['target', 'target'],
      ['event', 'event'],
      ['script', 'script'],
      ['function', 'function'],
      ['invoker', 'invoker'],
    ],
  },
  cls: { parts: [], causes: [['target', 'source']] },
  fcp: { parts: ['timeToFirstByte', 'firstByteToFCP'], causes: [] },
  ttfb: {
    parts: ['waitingDuration', 'cacheDuration', 'dnsDuration', 'connectionDuration', 'requestDuration'],
    causes: [],
  },
};

const MAX_CAUSES = 20;

/** Adds up what browsers said of a vital. Percentiles are exact, by nearest rank. */
export function causesOf(metric: VitalName, views: readonly ExplainedView[]): Omit<Causes, 'since'> {
  const told = TOLD[metric];
  const parts = new Map<string, number[]>();
  const causes = told.causes.map(([key, kind]) => ({ key, kind, values: new Map<string, number[]>() }));
  let n = 0;
  for (const { value, attribution } of views) {
    let explains = false;
    for (const name of told.parts) {
      const length = attribution[name];
      if (typeof length !== 'number') continue;
      explains = true;
      push(parts, name, length);
    }
    for (const { key, values } of causes) {
      const named = attribution[key];
      if (typeof named !== 'string' || named === '') continue;
      explains = true;
      push(values, named, value);
    }
    if (explains) n += 1;
  }
  return {
    n,
    parts: told.parts.flatMap((name) => {
      const lengths = parts.get(name);
      return lengths === undefined
        ? []
        : [{ name, ...measured(lengths), mean: mean(lengths), n: lengths.length }];
    }),
    causes: causes.flatMap(({ kind, values }) =>
      [...values]
        .sort(([a, ofA], [b, ofB]) => ofB.length - ofA.length || (a < b ? -1 : 1))
        .slice(0, MAX_CAUSES)
        .map(([value, vitals]) => ({ kind, value, views: vitals.length, ...measured(vitals) })),
    ),
  };
}

function push(lists: Map<string, number[]>, key: string, value: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function measured(values: readonly number[]): MeasuredP75 {
  const sorted = Float64Array.from(values).sort();
  return { p75: sorted[Math.ceil(0.75 * sorted.length) - 1] ?? 0, interval: sortedInterval(sorted, 0.75) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
