import { COLUMN_DIMENSIONS } from '../../store/filters.js';
import type { PanelResponse } from '../api.js';
import { chartsOf, isVital, PANEL_CHARTS, PANEL_METRICS, type PanelQuestion } from '../board.js';
import { InvalidParameter, readChoice } from '../question.js';
import { fillBuckets } from '../range.js';
import { json } from '../respond.js';
import { type Asked, type DataRoute, oneInOf, type Resolved, readBoth, resolve } from './dataRoute.js';

const MAX_BARS = 10;
const MAX_ROWS = 50;

/** What one panel of a board shows. */
export const panel: DataRoute = async (asked) =>
  json(200, await answerPanel(asked, readPanel(asked.parameters)));

/** @throws {InvalidParameter} */
function readPanel(parameters: URLSearchParams): PanelQuestion {
  const metric = readChoice(parameters, 'metric', PANEL_METRICS, 'views');
  const dimension = parameters.has('dimension')
    ? readChoice(parameters, 'dimension', COLUMN_DIMENSIONS, 'route')
    : null;
  const charts = chartsOf(metric, dimension);
  const [usual] = charts;
  if (usual === undefined) {
    throw new InvalidParameter('dimension', `${metric} cannot be told by a dimension`);
  }
  const chart = readChoice(parameters, 'chart', PANEL_CHARTS, usual);
  if (!charts.includes(chart)) {
    throw new InvalidParameter('chart', `chart must be one of ${charts.join(', ')} for this metric`);
  }
  return { metric, dimension, chart };
}

/** Answers nothing but what the panel shows, since whoever has a link to its board may see no more. */
export async function answerPanel(asked: Asked, question: PanelQuestion): Promise<PanelResponse> {
  const resolved = resolve(asked);
  const read =
    question.dimension ??
    (isVital(question.metric) ? 'vital' : isErrorLine(question) ? 'errors' : 'overview');
  const empty = {
    range: resolved.range,
    oneIn: await oneInOf(asked.store, resolved, read),
    ...question,
    value: null,
    before: null,
    figures: null,
    series: [],
    rows: [],
    histogram: [],
  };
  return { ...empty, ...(await partOf(asked, resolved, question)) };
}

function partOf(asked: Asked, resolved: Resolved, question: PanelQuestion): Promise<Partial<PanelResponse>> {
  if (question.dimension !== null) return byDimension(asked, resolved, question, question.dimension);
  if (isErrorLine(question)) return errorLine(asked, resolved);
  return isVital(question.metric)
    ? ofVital(asked, resolved, question, question.metric)
    : ofCount(asked, resolved, question, question.metric);
}

/** Errors over time are told by what tells their groups. */
function isErrorLine({ metric, chart }: PanelQuestion): boolean {
  return metric === 'errors' && chart === 'line';
}

async function errorLine({ store }: Asked, resolved: Resolved): Promise<Partial<PanelResponse>> {
  const { range } = resolved;
  const [present, compared] = await readBoth(resolved, (span) => store.errorGroups(span, range.bucketMs, 1));
  return {
    value: present.events,
    before: compared?.events ?? null,
    series: fillBuckets(range, present.series, (t) => ({ t, n: 0 })).map(({ t, n }) => ({
      t,
      until: t + range.bucketMs,
      value: n,
      interval: null,
      n,
    })),
  };
}

async function byDimension(
  { store }: Asked,
  resolved: Resolved,
  { metric, chart }: PanelQuestion,
  dimension: NonNullable<PanelQuestion['dimension']>,
): Promise<Partial<PanelResponse>> {
  const limit = chart === 'bars' ? MAX_BARS : MAX_ROWS;
  const [rows] = await readBoth({ ...resolved, earlier: null }, (span) =>
    store.breakdown(span, dimension, limit),
  );
  return {
    rows: rows.map(({ value, views, vitals }) => ({
      value,
      views,
      figures: isVital(metric) ? vitals[metric] : null,
    })),
  };
}

async function ofVital(
  { store }: Asked,
  resolved: Resolved,
  { chart }: PanelQuestion,
  metric: Parameters<Asked['store']['vital']>[1],
): Promise<Partial<PanelResponse>> {
  const { range } = resolved;
  const [present, compared] = await readBoth(resolved, (span) => store.vital(span, metric, range.bucketMs));
  return {
    value: present.summary.p75,
    before: compared?.summary.p75 ?? null,
    figures: present.summary,
    series:
      chart === 'line'
        ? present.series.map(({ t, until, p75, interval, n }) => ({ t, until, value: p75, interval, n }))
        : [],
    histogram: chart === 'histogram' ? present.histogram : [],
  };
}

async function ofCount(
  { store }: Asked,
  resolved: Resolved,
  { chart }: PanelQuestion,
  metric: 'views' | 'sessions' | 'errors',
): Promise<Partial<PanelResponse>> {
  const { range, views } = resolved;
  const [[present, compared], traffic] = await Promise.all([
    readBoth(resolved, (span) => store.totals(span)),
    chart === 'line'
      ? readBoth({ ...resolved, earlier: null }, () => store.traffic(views, range.bucketMs))
      : null,
  ]);
  const buckets =
    traffic === null ? [] : fillBuckets(range, traffic[0], (t) => ({ t, views: 0, sessions: 0 }));
  return {
    value: present[metric],
    before: compared?.[metric] ?? null,
    series: buckets.map((bucket) => {
      const n = metric === 'sessions' ? bucket.sessions : bucket.views;
      return { t: bucket.t, until: bucket.t + range.bucketMs, value: n, interval: null, n };
    }),
  };
}
