import type { BatchError, BatchReceipt } from '../../protocol/index.js';

/** What the collector says of a batch, in the words of either answer; nothing where none came. */
export type Answer = Partial<BatchReceipt & BatchError>;
