/** Thrown by {@link withDeadline}; the work goes on behind it. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/**
 * Gives up waiting, not the work.
 *
 * @param ms How long to wait.
 * @param onDeadline Told before anyone else where the work took longer.
 * @param onEnd Told before anyone else when the waiting is over, however it ended.
 * @throws {DeadlineError} when it took longer; else whatever the work threw.
 */
export function withDeadline<T>(
  work: Promise<T>,
  ms: number,
  onDeadline?: () => void,
  onEnd?: () => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      onDeadline?.();
      onEnd?.();
      reject(new DeadlineError(`no answer within ${Math.round(ms)} ms`));
    }, ms);
    const end = (): void => {
      clearTimeout(timer);
      onEnd?.();
    };
    work.then(
      (value) => {
        end();
        resolve(value);
      },
      (error: unknown) => {
        end();
        reject(error);
      },
    );
  });
}

/**
 * Makes one deadline for several pieces of work that are waited for one after the other: each has what those before it left.
 *
 * @param ms How long to wait for all of them.
 * @see {@link withDeadline}
 */
export function sharedDeadline(ms: number): <T>(work: Promise<T>, onDeadline?: () => void) => Promise<T> {
  let left = ms;
  return (work, onDeadline) => {
    const began = performance.now();
    let isOver = false;
    return withDeadline(work, Math.max(0, left), onDeadline, () => {
      // Work that goes on behind its deadline ends too.
      if (!isOver) left -= performance.now() - began;
      isOver = true;
    });
  };
}
