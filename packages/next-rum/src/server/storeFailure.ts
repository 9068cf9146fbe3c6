import type { StoreErrorCode } from '../store/storeError.js';

const CODES: ReadonlySet<unknown> = new Set([
  'unavailable',
  'invalid_data',
  'not_kept',
  'too_slow',
  'internal',
] satisfies StoreErrorCode[]);

/**
 * The code of a StoreError, `internal` for anything else that was thrown. Not by `instanceof`: Next bundles this module
 * more than once, and the store may come from a bundle with a StoreError class of its own.
 */
export function storeFailure(error: unknown): StoreErrorCode {
  return error instanceof Error && error.name === 'StoreError' && 'code' in error && isCode(error.code)
    ? error.code
    : 'internal';
}

/** How much of the time asked for a read got through before it was given up, 0–1; null where that is not known. */
export function storeShare(error: unknown): number | null {
  const share = error instanceof Error && 'share' in error ? error.share : null;
  return typeof share === 'number' ? share : null;
}

function isCode(code: unknown): code is StoreErrorCode {
  return CODES.has(code);
}
