import type { TimingKind } from '../../protocol/index.js';
import type { Collector } from '../collector.js';
import { MAX_USER_TIMINGS } from '../limits.js';
import { observe } from '../observe.js';

/** What the page and its libraries measure with `performance.mark` and `performance.measure`. Details are not recorded. */
export const userTiming: Collector = {
  name: 'userTiming',
  start({ at, record, views }) {
    const each = ({ name, entryType, startTime, duration, detail }: PerformanceMeasure): void => {
      // Drawn for DevTools, as React's development build does of every component it renders:
      // https://developer.chrome.com/docs/devtools/performance/extension
      if (detail?.devtools) return;
      const view = views.current();
      record(
        {
          type: 'timing',
          name: name,
          kind: entryType as TimingKind,
          duration: entryType === 'mark' ? Math.max(0, startTime - (view?.timeStamp ?? 0)) : duration,
        },
        at(startTime),
        view,
        MAX_USER_TIMINGS,
      );
    };
    return [observe(['mark'], each), observe(['measure'], each)];
  },
};
