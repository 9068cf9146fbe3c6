/** The protocol version this code speaks. A collector answers any other with the reason `unsupported_version`. */
export const PROTOCOL_VERSION = 1;

/** Most views and most events in one batch, each. */
export const MAX_BATCH_ITEMS = 500;
/** Longest route template, path, name or other label, in UTF-16 code units. */
export const MAX_LABEL = 512;
/** Longest free text (message, property string), in UTF-16 code units. */
export const MAX_TEXT = 2000;
/** Longest raw stack trace, in UTF-16 code units. */
export const MAX_STACK = 8192;

/**
 * Sizes and counts that agent and collector agree on.
 *
 * The agent cuts what it sends to these; the collector refuses or truncates what exceeds them, because the
 * collector is public and an honest agent never does.
 */
export interface ProtocolLimits {
  /** Largest request body as it arrives, compressed or not, in bytes. */
  readonly wireBytes: number;
  /** Largest request body after decompression, in bytes. */
  readonly inflatedBytes: number;
  /** {@link MAX_BATCH_ITEMS} */
  readonly batchItems: number;
  /** Deepest nesting of custom properties. */
  readonly depth: number;
  /** Most values (scalars, at any depth) in the properties of one event. */
  readonly propertyValues: number;
  /** {@link MAX_LABEL} */
  readonly label: number;
  /** {@link MAX_TEXT} */
  readonly text: number;
  /** {@link MAX_STACK} */
  readonly stack: number;
}

/** @see {@link ProtocolLimits} */
export const LIMITS: ProtocolLimits = {
  wireBytes: 128 * 1024,
  inflatedBytes: 1024 * 1024,
  batchItems: MAX_BATCH_ITEMS,
  depth: 8,
  propertyValues: 2000,
  label: MAX_LABEL,
  text: MAX_TEXT,
  stack: MAX_STACK,
};
