import { trackTiming } from '../browser/api.js';
import type { Properties, TimingKind } from '../protocol/index.js';

/** @param duration ms */
export function recordTiming(kind: TimingKind, name: string, duration: number, properties: Properties): void {
  trackTiming({ kind, name, duration, properties });
}
