/**
 * Whether a batch needs no more sending, by the status of its answer: it is committed, or refused for good.
 *
 * Only 202 says "committed"; another 2xx comes from something that is no collector, such as a sign-in page.
 */
export function isSettled(status: number): boolean {
  return /^(202|4(?!08|29))/.test(`${status}`);
}
