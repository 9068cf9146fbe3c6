/** Thrown by {@link withDeadline}; the work goes on behind it. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/**
 * Gives up waiting, not the work.
 *
 * @param ms How long to wait.
 * @throws {DeadlineError} when it took longer; else whatever the work threw.
 */
export function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new DeadlineError(`no answer within ${ms} ms`)), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
