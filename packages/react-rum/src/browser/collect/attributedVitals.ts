import type { Collector } from '../collector.js';
import type { LongFrame } from '../longFrame.js';
import { observe } from '../observe.js';
import { attribute } from './attribution.js';
import { createVitals } from './vitals.js';

/** Frames among which that of an interaction is looked for. */
const MAX_FRAMES = 10;

/** The five vitals with what explains them: elements, scripts, and the parts that add up to the value. */
export const attributedVitals: Collector = {
  name: 'vitals',
  start(context) {
    const frames: LongFrame[] = [];
    const stopFrames = observe<LongFrame>('long-animation-frame', (frame) => {
      frames.push(frame);
      if (frames.length > MAX_FRAMES) frames.shift();
    });
    const stop = createVitals((metric) => attribute(metric, frames) as Record<string, string | number>).start(
      context,
    );
    return () => {
      stopFrames();
      stop();
    };
  },
};
