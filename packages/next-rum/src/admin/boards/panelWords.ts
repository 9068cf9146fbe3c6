import type { BoardPanel } from '../../server/api.js';
import { isVital, type PanelChart, type PanelMetric } from '../../server/board.js';
import { dimensionLabel } from '../dimensions.js';
import { formatCount, formatVital, NO_VALUE } from '../format.js';
import { VITALS } from '../vitals.js';

const COUNTS = { views: 'Views', sessions: 'Sessions', errors: 'Errors' } as const;

export function metricLabel(metric: PanelMetric): string {
  return isVital(metric) ? (VITALS.find(({ name }) => name === metric)?.short ?? metric) : COUNTS[metric];
}

export const CHART_LABELS: { readonly [chart in PanelChart]: string } = {
  number: 'Number',
  line: 'Over time',
  bars: 'Bars',
  table: 'Table',
  histogram: 'Distribution',
};

/** What a panel is called: its own title, or what it asks. */
export function panelTitle({
  title,
  metric,
  dimension,
  chart,
}: Pick<BoardPanel, 'title' | 'metric' | 'dimension' | 'chart'>): string {
  if (title !== '') return title;
  const what = `${metricLabel(metric)}${isVital(metric) && chart !== 'histogram' ? ' p75' : ''}`;
  if (dimension !== null) return `${what} by ${dimensionLabel(dimension).toLowerCase()}`;
  if (chart === 'line') return `${what} over time`;
  return chart === 'histogram' ? `${what} distribution` : what;
}

/** A figure of a metric in words. */
export function formatMetric(metric: PanelMetric, value: number | null): string {
  if (value === null) return NO_VALUE;
  return isVital(metric) ? formatVital(metric, value) : formatCount(value);
}
