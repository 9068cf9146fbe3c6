import type { ResourceEvent } from '../../protocol/index.js';
import { absoluteUrl } from '../absoluteUrl.js';
import type { Activity } from '../activity.js';
import type { Collector } from '../collector.js';
import { endpointOf } from '../endpointOf.js';
import { guard } from '../guard.js';
import { TIMING_TOLERANCE_MS, TIMING_WAIT_MS } from '../limits.js';
import { phasesOf } from '../network/phases.js';
import type { RequestEnd, RequestStart } from '../network/request.js';
import { createTracing } from '../network/trace.js';
import { createUrlTemplates } from '../network/urlTemplates.js';
import { watchFetch } from '../network/watchFetch.js';
import { watchXhr } from '../network/watchXhr.js';
import { observe } from '../observe.js';
import type { RumAgentOptions } from '../options.js';
import type { View } from '../views.js';

interface PendingRequest extends RequestStart {
  readonly view: View | null;
  /** `performance.now()` */
  readonly startTime: number;
  end?: RequestEnd;
  /** Until there was an answer, or none could come; in ms. */
  duration: number;
  timer?: ReturnType<typeof setTimeout>;
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
      const { at, views, record, onFlush } = context;
      const ownUrl = absoluteUrl(endpointOf(options));
      const isOwn = (url: string): boolean => url.startsWith(ownUrl);
      const nameOf = createUrlTemplates(urlTemplates);
      const pending = new Set<PendingRequest>();

      function tell(request: PendingRequest, timing?: PerformanceResourceTiming): void {
        const { initiator, method, url, operation, spanId, view, startTime, duration, end } = request;
        if (!pending.delete(request)) return;
        clearTimeout(request.timer);
        record(
          {
            type: 'resource',
            name: nameOf(url),
            initiator,
            method: method.toUpperCase(),
            operation,
            spanId,
            ...(timing && phasesOf(timing)),
            duration: timing?.duration ?? duration,
            ...end,
          } as ResourceEvent,
          at(startTime),
          view,
        );
      }

      const trace = createTracing(context, tracing, sharedSessionId);
      const begin = (start: RequestStart): ((end: RequestEnd) => void) => {
        const request: PendingRequest = {
          ...start,
          view: views.current(),
          startTime: performance.now(),
          duration: 0,
        };
        activity.request(1);
        if (resources) pending.add(request);
        return guard((end) => {
          if (request.end) return;
          activity.request(-1);
          request.end = end;
          request.duration = performance.now() - request.startTime;
          // A body may take longer to come, and the timing comes after it.
          request.timer = setTimeout(() => tell(request), TIMING_WAIT_MS);
        });
      };
      const stops = [watchFetch(begin, trace), ...watchXhr(begin, trace), () => pending.clear()];

      if (resources) {
        onFlush.push((isLeaving) => {
          for (const request of pending) if (isLeaving && request.end) tell(request);
        });
        stops.push(
          observe<PerformanceResourceTiming>(['resource'], (entry) => {
            const { name, initiatorType, startTime, duration } = entry;
            if (isOwn(name)) return;
            const request = [...pending].findLast(
              (begun) =>
                begun.end &&
                begun.url === name &&
                begun.initiator === initiatorType &&
                begun.startTime <= startTime + TIMING_TOLERANCE_MS,
            );
            if (request) {
              tell(request, entry);
              return;
            }
            record(
              {
                type: 'resource',
                name: nameOf(name),
                initiator: initiatorType,
                ...phasesOf(entry),
                duration,
              },
              at(startTime),
              views.current(),
              Math.random() < resourceSampleRate ? maxResources : 0,
            );
          }),
        );
      }
      return stops;
    },
  };
}
