import type { Collector } from '../collector.js';
import { MAX_EVENTS, MAX_FRAMES } from '../limits.js';
import type { LongFrame } from '../longFrame.js';
import { observe } from '../observe.js';
import { attribute } from './attribution.js';
import { createVitals } from './vitals.js';

/** The five vitals with what explains them: elements, scripts, and the parts that add up to the value. */
export const attributedVitals: Collector = {
  name: 'vitals',
  start(context) {
    const frames: LongFrame[] = [];
    const stopFrames = observe<LongFrame>(['long-animation-frame'], (frame) => {
      frames.push(frame);
      if (frames.length > MAX_FRAMES) frames.shift();
    });
    const events: PerformanceEventTiming[] = [];
    const stopEvents = observe<PerformanceEventTiming>(['event'], (event) => {
      events.push(event);
      if (events.length > MAX_EVENTS) events.shift();
    });
    return [
      stopFrames,
      stopEvents,
      ...createVitals((metric) => attribute(metric, frames, events) as Record<string, string | number>).start(
        context,
      ),
    ];
  },
};
