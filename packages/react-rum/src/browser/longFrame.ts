/** https://w3c.github.io/long-animation-frames/ ; a `longtask` has only the entry's own fields. */
export interface LongFrame extends PerformanceEntry {
  readonly blockingDuration?: number;
  readonly scripts?: readonly LongScript[];
}

interface LongScript extends PerformanceEntry {
  readonly forcedStyleAndLayoutDuration: number;
  readonly invoker: string;
  readonly sourceURL: string;
  readonly sourceFunctionName: string;
}
