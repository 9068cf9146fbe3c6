import type { Collector } from '../collector.js';
import { MAX_RECENT } from '../limits.js';
import type { LongFrame } from '../longFrame.js';
import { observe } from '../observe.js';
import { attribute } from './attribution.js';
import { createVitals } from './vitals.js';

/** The five vitals with what explains them: elements, scripts, and the parts that add up to the value. */
export const attributedVitals: Collector = {
  name: 'vitals',
  start(context) {
    const frames: LongFrame[] = [];
    const stop = observe<LongFrame>(['long-animation-frame'], (frame) => {
      frames.push(frame);
      if (frames.length > MAX_RECENT) frames.shift();
    });
    const vitals = createVitals(
      (metric, events) => attribute(metric, frames, events) as Record<string, string | number>,
    );
    return [stop, ...vitals.start(context)];
  },
};
