export type StoreErrorCode = 'unavailable' | 'invalid_data' | 'not_kept' | 'too_slow' | 'internal';

/** The one error class of the store. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;
  /** With `too_slow`: how much of the time asked for was read, from its begin on, 0–1; null where that is not known. */
  readonly share: number | null;
  constructor(
    code: StoreErrorCode,
    message: string,
    options: { cause?: unknown; share?: number | null } = {},
  ) {
    super(message, options);
    this.code = code;
    this.share = options.share ?? null;
  }
}
