import type { Collector } from '../collector.js';
import type { LongFrame } from '../longFrame.js';
import { observe } from '../observe.js';
import { withoutQuery } from '../withoutQuery.js';

/** Frames or tasks recorded a view; more add to its blocked time and its count. */
const MAX_RECORDED = 50;
/** What a long task is longer than, in ms. https://w3c.github.io/longtasks/ */
const LONG_MS = 50;

/** Long animation frames that kept the page from answering, with the script that took longest; else long tasks. */
export const longTasks: Collector = {
  name: 'longTasks',
  start({ at, record, views }) {
    const type = 'long-animation-frame';
    return observe<LongFrame>(
      PerformanceObserver.supportedEntryTypes?.includes(type) ? type : 'longtask',
      ({ startTime, duration, blockingDuration = duration - LONG_MS, scripts = [] }) => {
        const view = views.current();
        if (!view || blockingDuration <= 0) return;
        view.blockedTime = (view.blockedTime ?? 0) + blockingDuration;
        const [longest] = [...scripts].sort((a, b) => b.duration - a.duration);
        record(
          {
            type: 'longtask',
            name: withoutQuery(longest?.sourceURL ?? '') || 'unknown',
            duration,
            blockingDuration,
            scriptDuration: longest?.duration,
            layoutDuration: longest?.forcedStyleAndLayoutDuration,
            invoker: longest?.invoker,
            function: longest?.sourceFunctionName,
          },
          at(startTime),
          view,
          MAX_RECORDED,
        );
      },
    );
  },
};
