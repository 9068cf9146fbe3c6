import { type ChartBin, chartBins } from '../chartBins.js';
import { addValue, emptyHistogram, histogramBin } from '../logHistogram.js';
import { figuresOf, outcomeOf, type RequestEvent, type RequestFigures } from './requestFigures.js';

/** Bins of a chart. */
const CHART_BINS = 60;
const MAX_SHOWN = 20;

interface RequestStatus {
  /** HTTP status, or why no answer came: `network`, `timeout`, `abort`; `unknown`: the browser does not tell. */
  readonly status: string;
  readonly n: number;
}

interface RequestRoute
  extends Pick<RequestFigures, 'n' | 'views' | 'duration' | 'failed' | 'failedInterval'> {
  readonly route: string;
}

/** Requests of one template in full. */
export interface RequestSpread {
  /** Of durations of what was not aborted, ms. */
  readonly histogram: readonly ChartBin[];
  /** Most first. */
  readonly statuses: readonly RequestStatus[];
  /** The routes that make it, most first, at most 20. */
  readonly routes: readonly RequestRoute[];
}

export function requestSpread(events: readonly RequestEvent[]): RequestSpread {
  const histogram = emptyHistogram();
  const statuses = new Map<string, number>();
  const routes = new Map<string, RequestEvent[]>();
  for (const event of events) {
    const { duration, route } = event;
    if (duration !== null && outcomeOf(event) !== 'aborted') {
      addValue(histogram, duration, histogramBin(duration));
    }
    const status = statusOf(event);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    const ofRoute = routes.get(route);
    if (ofRoute === undefined) routes.set(route, [event]);
    else ofRoute.push(event);
  }
  return {
    histogram: chartBins(histogram, CHART_BINS),
    statuses: [...statuses]
      .map(([status, n]) => ({ status, n }))
      .sort((a, b) => b.n - a.n || (a.status < b.status ? -1 : 1)),
    routes: [...routes]
      .sort(([a, ofA], [b, ofB]) => ofB.length - ofA.length || (a < b ? -1 : 1))
      .slice(0, MAX_SHOWN)
      .map(([route, ofRoute]) => {
        const { n, views, duration, failed, failedInterval } = figuresOf(ofRoute);
        return { route, n, views, duration, failed, failedInterval };
      }),
  };
}

export function statusOf(event: Pick<RequestEvent, 'said'>): string {
  const { failure, status } = event.said;
  if (typeof failure === 'string') return failure;
  return typeof status === 'number' && status > 0 ? String(status) : 'unknown';
}
