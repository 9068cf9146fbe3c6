import type { TimingKind } from '../../protocol/index.js';
import type { Collector } from '../collector.js';
import { observe } from '../observe.js';

/** Marks and measures recorded a view; more are only counted. */
const MAX_RECORDED = 100;

/** What the page and its libraries measure with `performance.mark` and `performance.measure`. Details are not read. */
export const userTiming: Collector = {
  name: 'userTiming',
  start({ at, record, views }) {
    const each = ({ name, entryType, startTime, duration }: PerformanceEntry): void => {
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
        MAX_RECORDED,
      );
    };
    const stops = [observe('mark', each), observe('measure', each)];
    return () => {
      for (const stop of stops) stop();
    };
  },
};
