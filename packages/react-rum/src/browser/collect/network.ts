import { absoluteUrl } from '../absoluteUrl.js';
import type { Activity } from '../activity.js';
import type { Collector } from '../collector.js';
import { endpointOf } from '../endpointOf.js';
import { TIMING_TOLERANCE_MS, TIMING_WAIT_MS } from '../limits.js';
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
  /** It stays here for a while, so that its timing is not told of once more should that still come. */
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
      const nameOf = createUrlTemplates(urlTemplates);
      const pending = new Set<PendingRequest>();

      function tell(request: PendingRequest, timing?: PerformanceResourceTiming): void {
        const { url, start, view, startTime, duration = 0, end } = request;
        if (!resources || request.isTold) return;
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
        return (end) => {
          if (request.end) return;
          activity.request(-1);
          request.end = end;
          request.duration = performance.now() - startTime;
        };
      };
      const stops = [watchFetch(begin, trace), ...watchXhr(begin, trace)];

      if (resources) {
        on.flush.push((isLeaving) => {
          for (const request of pending) {
            const { isTold, end, startTime, duration = 0 } = request;
            if (isTold) pending.delete(request);
            // A body may take longer to come than the answer, and the timing comes after it.
            const waited = performance.now() - startTime - duration;
            if (end && (isLeaving || waited > TIMING_WAIT_MS)) tell(request);
          }
        });
        stops.push(
          observe<PerformanceResourceTiming>(['resource'], (entry) => {
            const { name, initiatorType, startTime } = entry;
            const url = name.split('#', 1)[0] as string;
            if (url.startsWith(ownUrl)) return;
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
