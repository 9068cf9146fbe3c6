/** ms between two looks at the clock. */
const LOOK_EVERY = 20;

let heldUp = 0;
let last = performance.now();
setInterval(() => {
  const now = performance.now();
  heldUp += Math.max(0, now - last - LOOK_EVERY);
  last = now;
}, LOOK_EVERY).unref();

/**
 * Begins to measure.
 *
 * @returns Tells the ms since then, without those in which this process was itself held up: by its own work, or because the machine had
 *   more to do than it can. What it waits for others counts.
 */
export function startStopwatch(): () => number {
  const began = performance.now();
  const heldUpBefore = heldUp;
  return () => performance.now() - began - (heldUp - heldUpBefore);
}
