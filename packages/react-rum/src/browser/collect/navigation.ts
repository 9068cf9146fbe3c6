import type { LayoutShift } from './cls.js';

/** What vitals are of: a load, a soft navigation, or a return from the back/forward cache. */
export interface Navigation {
  /** `performance.now()`; 0 of a load. */
  readonly beganAt: number;
  /** Of a soft navigation: where it led. */
  readonly softUrl?: string;
  /** Of a soft navigation: the interaction that it came of. */
  readonly interactionId?: number;
}

interface VitalEntries {
  readonly TTFB: PerformanceNavigationTiming;
  readonly FCP: PerformanceEntry;
  readonly LCP: LargestContentfulPaint;
  readonly CLS: LayoutShift;
  readonly INP: PerformanceEventTiming;
}

export type MetricName = keyof VitalEntries;

/** A vital of a navigation, in ms (CLS: a score), with the browser's entries that it was worked out from. */
export type Metric = {
  readonly [Name in MetricName]: Navigation & {
    readonly name: Name;
    readonly value: number;
    readonly entries: readonly VitalEntries[Name][];
  };
}[MetricName];

/** https://wicg.github.io/soft-navigations/ */
export interface SoftNavigation extends PerformanceEntry {
  readonly interactionId: number;
  readonly paintTime?: number;
  readonly presentationTime?: number | null;
  /** What had been painted of it before it was known as one. Not in the browsers that only tried this out. */
  readonly getLargestInteractionContentfulPaint?: () => InteractionPaint | null;
}

/** A paint that an interaction led to. */
export interface InteractionPaint extends PerformanceEntry {
  readonly interactionId: number;
  readonly largestContentfulPaint?: LargestContentfulPaint;
}
