export { LIMITS, PROTOCOL_VERSION, type ProtocolLimits } from './limits.js';
export { newId } from './newId.js';
export type {
  Batch,
  BatchContext,
  BatchError,
  BatchReceipt,
  BatchRejection,
  CustomEvent,
  ErrorEvent,
  ItemRejection,
  LossEvent,
  LossReason,
  NavigationType,
  Properties,
  PropertyValue,
  RejectedItem,
  RouterKind,
  RumEvent,
  ViewDocument,
  Vital,
  VitalName,
} from './types.js';
