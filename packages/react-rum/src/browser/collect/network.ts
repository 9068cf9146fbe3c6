import type { ResourceEvent } from '../../protocol/index.js';
import type { Activity } from '../activity.js';
import type { Collector } from '../collector.js';
import { guard } from '../guard.js';
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

/** How long to wait for the browser's timing of a request that has its answer, in ms. */
const TIMING_WAIT_MS = 3000;
/** A request that is put together late may be timed from a little before the page's call, in ms. */
const TIMING_TOLERANCE_MS = 1;

/** `fetch`, XHR, beacons and loaded files with their phases; trace headers on the requests of scripts. */
export function createNetwork(
  {
    resources = true,
    tracing = true,
    maxResources = 100,
    resourceSampleRate = 1,
    urlTemplates = [],
  }: RumAgentOptions,
  activity: Activity,
  sharedSessionId: () => string | undefined,
): Collector {
  return {
    name: 'network',
    start(context) {
      const { at, views, record, isOwn, onFlush } = context;
      const nameOf = createUrlTemplates(urlTemplates);
      const pending = new Set<PendingRequest>();
      let files = 0;
      let filesOf: View | null = null;

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
        if (isOwn(start.url)) return () => {};
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
      const stops = [watchFetch(begin, trace), watchXhr(begin, trace)];

      if (resources) {
        onFlush.push((isLeaving) => {
          for (const request of pending) if (isLeaving && request.end) tell(request);
        });
        stops.push(
          observe<PerformanceResourceTiming>('resource', (entry) => {
            const { name, initiatorType, startTime, duration } = entry;
            if (isOwn(name)) return;
            for (const request of [...pending].reverse()) {
              const { initiator, url, end } = request;
              if (
                initiator === initiatorType &&
                url === name &&
                end &&
                request.startTime <= startTime + TIMING_TOLERANCE_MS
              ) {
                return tell(request, entry);
              }
            }
            const view = views.current();
            if (view !== filesOf) files = 0;
            filesOf = view;
            const isKept = files < maxResources && Math.random() < resourceSampleRate;
            if (isKept) files += 1;
            record(
              {
                type: 'resource',
                name: nameOf(name),
                initiator: initiatorType,
                ...phasesOf(entry),
                duration,
              },
              at(startTime),
              view,
              isKept ? undefined : 0,
            );
          }),
        );
      }
      return () => {
        for (const stop of stops) stop();
        for (const { timer } of pending) clearTimeout(timer);
        pending.clear();
      };
    },
  };
}
