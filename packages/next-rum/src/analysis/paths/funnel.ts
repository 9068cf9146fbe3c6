/** Something a visitor did that may be a step. */
export interface Hit {
  /** Epoch ms. */
  readonly at: number;
  /** What it was, as a step is called. */
  readonly key: string;
}

/**
 * How far somebody came: of the steps in their order those that were taken, each at the earliest possible time after the one
 * before. What is between them does not matter.
 *
 * @param hits In the order in which they happened.
 *
 * @example
 * ```ts
 * takeSteps([{ at: 1, key: 'a' }, { at: 2, key: 'x' }, { at: 3, key: 'b' }], ['a', 'b', 'c']).length; // 2
 * ```
 */
export function takeSteps<H extends Hit>(hits: readonly H[], steps: readonly string[]): readonly H[] {
  const taken: H[] = [];
  for (const hit of hits) {
    if (hit.key === steps[taken.length]) taken.push(hit);
  }
  return taken;
}

/**
 * Cuts what somebody did into attempts: each begins with the first step and lasts so long, and the next begins with the first
 * step after that.
 *
 * @param hits In the order in which they happened.
 * @param length ms
 */
export function cutAttempts<H extends Hit>(
  hits: readonly H[],
  first: string,
  length: number,
): readonly (readonly H[])[] {
  const attempts: H[][] = [];
  let ends = Number.NEGATIVE_INFINITY;
  for (const hit of hits) {
    if (hit.at <= ends) attempts.at(-1)?.push(hit);
    else if (hit.key === first) {
      ends = hit.at + length;
      attempts.push([hit]);
    }
  }
  return attempts;
}
