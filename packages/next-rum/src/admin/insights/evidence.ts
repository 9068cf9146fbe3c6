import type { InsightResponse } from '../../server/api.js';
import { formatCompactCount, formatVital, NO_VALUE } from '../format.js';
import { VITALS } from '../vitals.js';

interface EvidencePoint {
  /** Begin of an hour, epoch ms. */
  readonly t: number;
  /** Null where nothing was seen of which a share could be told. */
  readonly seen: number | null;
  readonly expected: number | null;
  readonly band: readonly [low: number, high: number] | null;
  readonly n: number;
}

/** What an incident is told from: shares in percent or, of traffic, views. */
export interface Evidence {
  /** What is seen, in words. */
  readonly name: string;
  readonly began: number;
  readonly ended: number | null;
  readonly points: readonly EvidencePoint[];
  readonly format: (value: number) => string;
}

export function evidenceOf({ metric, rule, threshold, began, ended, hours }: InsightResponse): Evidence {
  const isOfErrors = rule?.kind === 'newError' || rule?.kind === 'regressedError';
  const isCount = metric === 'traffic' || metric === 'silence' || isOfErrors;
  const vital = VITALS.find(({ name }) => name === metric);
  const points = hours.map(({ t, n, count, expected, low, high }): EvidencePoint => {
    if (isCount) return { t, seen: count, expected, band: [low, high], n: count };
    if (n === 0) return { t, seen: null, expected: null, band: null, n };
    const percent = (part: number): number => (100 * part) / n;
    return {
      t,
      seen: percent(count),
      expected: percent(expected),
      band: [percent(low), percent(high)],
      n,
    };
  });
  const over = vital === undefined ? '' : formatVital(vital.name, threshold);
  return {
    name: isOfErrors
      ? 'Errors'
      : isCount
        ? 'Views'
        : vital === undefined
          ? 'Views with an error'
          : `${vital.short} over ${over}`,
    began,
    ended,
    points,
    format: isCount ? formatCompactCount : formatPercent,
  };
}

function formatPercent(value: number): string {
  return `${value < 10 && value % 1 !== 0 ? value.toFixed(1) : Math.round(value)} %`;
}

/** A cell of the table beside the chart. */
export function formatCell({ format }: Evidence, value: number | null | undefined): string {
  return value === null || value === undefined ? NO_VALUE : format(value);
}
