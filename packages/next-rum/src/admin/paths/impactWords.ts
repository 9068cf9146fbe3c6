/** Whether a difference is more than chance: zero is not within its 95 % interval. */
export function isSure(difference: { readonly interval: readonly [number, number] } | null): boolean {
  return difference !== null && difference.interval[0] * difference.interval[1] > 0;
}
