import { dayFigure, trendName } from '../../../analysis/insights/trendWords.js';
import type { FoundTrend } from '../../../server/api.js';

interface TrendPoint {
  /** Begin of a UTC day, epoch ms. */
  readonly t: number;
  readonly seen: number;
  /** What is told of the day: on the line of the trend, or the level; of a shift one of both. */
  readonly line: number | null;
  readonly before: number | null;
  readonly after: number | null;
  readonly n: number;
}

/** What a trend or a shift is told from, day by day. */
export interface TrendEvidence {
  /** What is seen, in words. */
  readonly name: string;
  readonly points: readonly TrendPoint[];
  /** Of a shift from which day to which it may have been, epoch ms. */
  readonly dated: readonly [from: number, to: number] | null;
  readonly format: (value: number) => string;
}

export function trendEvidence(finding: FoundTrend): TrendEvidence {
  const { days, metric, kind } = finding;
  const [first, last] = [days[0]?.t ?? 0, days.at(-1)?.t ?? 0];
  const points = days.map(({ t, value, n }): TrendPoint => {
    const point = { t, seen: value, line: null, before: null, after: null, n };
    if (kind === 'trend') {
      const way = last === first ? 0 : (t - first) / (last - first);
      return { ...point, line: finding.first + way * (finding.last - finding.first) };
    }
    return t < finding.at
      ? { ...point, before: finding.before.value?.value ?? null }
      : { ...point, after: finding.after.value?.value ?? null };
  });
  return {
    name:
      metric === 'views' || metric === 'errors'
        ? trendName({ metric, route: null })
        : `p75 ${metric.toUpperCase()}`,
    points,
    dated: kind === 'shift' ? [finding.from, finding.to] : null,
    format: (value) => dayFigure(metric, value),
  };
}
