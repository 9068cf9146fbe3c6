/** The protocol version this code speaks. A collector answers any other with the reason `unsupported_version`. */
export const PROTOCOL_VERSION = 1;

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
  /** Most views and most events in one batch, each. */
  readonly batchItems: number;
  /** Deepest nesting of custom properties. */
  readonly depth: number;
  /** Most values (scalars, at any depth) in the properties of one event. */
  readonly propertyValues: number;
  /** Longest route template, path, name or other label, in UTF-16 code units. */
  readonly label: number;
  /** Longest free text (message, property string), in UTF-16 code units. */
  readonly text: number;
  /** Longest raw stack trace, in UTF-16 code units. */
  readonly stack: number;
}

/** @see {@link ProtocolLimits} */
export const LIMITS: ProtocolLimits = {
  wireBytes: 128 * 1024,
  inflatedBytes: 1024 * 1024,
  batchItems: 500,
  depth: 8,
  propertyValues: 2000,
  label: 512,
  text: 2000,
  stack: 8192,
};
