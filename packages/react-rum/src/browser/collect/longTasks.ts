import type { Collector } from '../collector.js';
import { LONG_MS, MAX_LONG_FRAMES } from '../limits.js';
import type { LongFrame } from '../longFrame.js';
import { observe } from '../observe.js';
import { withoutQuery } from '../withoutQuery.js';

/** Long animation frames that kept the page from answering, with the script that took longest; else long tasks. */
export const longTasks: Collector = {
  name: 'longTasks',
  start({ at, record, views }) {
    const stop = observe<LongFrame>(
      ['long-animation-frame', 'longtask'],
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
          MAX_LONG_FRAMES,
        );
      },
    );
    return [stop];
  },
};
