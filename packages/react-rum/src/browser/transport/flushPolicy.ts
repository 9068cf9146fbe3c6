/** Decides when what waits is sent; knows nothing of what it is. */
export interface FlushPolicy {
  /** Something waits, `bytes` more than before (0: not yet known). */
  added(bytes: number): void;
  /** All of it is being sent. */
  flushed(): void;
}

/** @see {@link FlushPolicy} */
export interface FlushLimits {
  readonly bytes: number;
  readonly items: number;
  /** Longest wait in ms. */
  readonly interval: number;
}

/** The timer starts with the first thing that waits, so a silent page sends nothing. */
export function createFlushPolicy(limits: FlushLimits, flush: () => void): FlushPolicy {
  let bytes = 0;
  let items = 0;
  let due: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** A full batch is sent in a task of its own: the page's handler that filled it must not pay for it. */
  function schedule(delay: number): void {
    if (due !== undefined && due <= delay) return;
    clearTimeout(timer);
    due = delay;
    timer = setTimeout(flush, delay);
  }

  return {
    added(more) {
      bytes += more;
      if (more > 0) items += 1;
      schedule(bytes >= limits.bytes || items >= limits.items ? 0 : limits.interval);
    },
    flushed() {
      clearTimeout(timer);
      due = undefined;
      bytes = items = 0;
    },
  };
}
