import { absoluteUrl } from '../absoluteUrl.js';
import type { Activity } from '../activity.js';
import type { Collector } from '../collector.js';
import { endpointOf } from '../endpointOf.js';
import { guard } from '../guard.js';
import { MAX_WAITING_EVENTS, TIMING_TOLERANCE_MS, TIMING_WAIT_MS } from '../limits.js';
import { phasesOf } from '../network/phases.js';
import type { BeginRequest, RequestEnd, RequestStart } from '../network/request.js';
import { createTracing } from '../network/trace.js';
import { createUrlTemplates } from '../network/urlTemplates.js';
import { watchFetch } from '../network/watchFetch.js';
import { watchXhr } from '../network/watchXhr.js';
import { observe } from '../observe.js';
import type { RumAgentOptions } from '../options.js';
import type { View } from '../view.js';

interface PendingRequest {
  readonly url: string;
  readonly start: RequestStart;
  readonly view: View | null;
  /** `performance.now()` */
  readonly startTime: number;
  /** Once there is an answer, or none can come; and how long that took, in ms. */
  end?: RequestEnd;
  duration?: number;
  /** It stays here until its timing comes, which is not told of once more then. */
  isTold?: boolean;
}

/** `fetch`, XHR, beacons and loaded files with their phases; trace headers on the requests of scripts. */
export function createNetwork(
  options: RumAgentOptions,
  activity: Activity,
  sharedSessionId: () => string | undefined,
): Collector {
  const {
    resources = true,
    tracing = true,
    maxResources = 100,
    resourceSampleRate = 1,
    urlTemplates = [],
  } = options;
  return {
    name: 'network',
    start(context) {
      const { at, views, record, on } = context;
      const ownUrl = absoluteUrl(endpointOf(options));
      const isOwn = (url: string): boolean => url.startsWith(ownUrl);
      const nameOf = createUrlTemplates(urlTemplates);
      const pending = new Set<PendingRequest>();

      function tell(request: PendingRequest, timing?: PerformanceResourceTiming): void {
        const { url, start, view, startTime, duration = 0, end } = request;
        if (request.isTold || !pending.has(request)) return;
        request.isTold = true;
        const told = timing ? phasesOf(timing) : { duration };
        record({ type: 'resource', name: nameOf(url), ...start, ...told, ...end }, at(startTime), view);
      }

      const trace = createTracing(context, tracing, sharedSessionId);
      const begin: BeginRequest = (url, start) => {
        const startTime = performance.now();
        const request: PendingRequest = { url, start, view: views.current(), startTime };
        activity.request(1);
        if (resources) pending.add(request);
        const [oldest = request] = pending;
        if (pending.size > MAX_WAITING_EVENTS) pending.delete(oldest);
        return guard((end) => {
          if (request.end) return;
          activity.request(-1);
          request.end = end;
          request.duration = performance.now() - startTime;
          // A body may take longer to come, and the timing comes after it.
          setTimeout(() => tell(request), TIMING_WAIT_MS);
        });
      };
      const stops = [watchFetch(begin, trace), ...watchXhr(begin, trace), () => pending.clear()];

      if (resources) {
        on.flush.push((isLeaving) => {
          for (const request of pending) if (isLeaving && request.end) tell(request);
        });
        stops.push(
          observe<PerformanceResourceTiming>(['resource'], (entry) => {
            const { name, initiatorType, startTime } = entry;
            const url = absoluteUrl(name);
            if (isOwn(url)) return;
            const request = [...pending].findLast(
              (begun) =>
                begun.end &&
                begun.url === url &&
                begun.start.initiator === initiatorType &&
                begun.startTime <= startTime + TIMING_TOLERANCE_MS,
            );
            if (request) {
              tell(request, entry);
              pending.delete(request);
              return;
            }
            const isKept = Math.random() < resourceSampleRate;
            record(
              {
                type: 'resource',
                name: nameOf(url),
                initiator: initiatorType,
                ...phasesOf(entry),
              },
              at(startTime),
              views.current(),
              isKept ? maxResources : 0,
            );
          }),
        );
      }
      return stops;
    },
  };
}
