import type { Collector, Stop } from '../collector.js';
import { MAX_RECENT } from '../limits.js';
import type { LongFrame } from '../longFrame.js';
import { observe } from '../observe.js';
import { attribute } from './attribution.js';
import { createVitals } from './vitals.js';

/** The five vitals with what explains them: elements, scripts, and the parts that add up to the value. */
export const attributedVitals: Collector = {
  name: 'vitals',
  start(context) {
    const [frames, stopFrames] = watchRecent<LongFrame>('long-animation-frame');
    const [events, stopEvents] = watchRecent<PerformanceEventTiming>('event');
    const vitals = createVitals(
      (metric) => attribute(metric, frames, events) as Record<string, string | number>,
    );
    return [stopFrames, stopEvents, ...vitals.start(context)];
  },
};

/** The last entries of a type, as they come. */
function watchRecent<Entry extends PerformanceEntry>(type: string): readonly [readonly Entry[], Stop] {
  const recent: Entry[] = [];
  const stop = observe<Entry>([type], (entry) => {
    recent.push(entry);
    if (recent.length > MAX_RECENT) recent.shift();
  });
  return [recent, stop];
}
