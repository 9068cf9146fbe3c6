/** Thrown by {@link withDeadline}; the work goes on behind it. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/**
 * Gives up waiting, not the work.
 *
 * @param ms How long to wait.
 * @param onDeadline Told before anyone else where the work took longer.
 * @throws {DeadlineError} when it took longer; else whatever the work threw.
 */
export function withDeadline<T>(work: Promise<T>, ms: number, onDeadline?: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      onDeadline?.();
      reject(new DeadlineError(`no answer within ${Math.round(ms)} ms`));
    }, ms);
    work.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
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
  return async (work, onDeadline) => {
    const began = performance.now();
    try {
      return await withDeadline(work, Math.max(0, left), onDeadline);
    } finally {
      left -= performance.now() - began;
    }
  };
}
