export { ERROR_DIMENSIONS, type ErrorDimension } from '../store/errorStore.js';
export type { SampledTold } from '../store/latestStore.js';
export type { Totals, TrafficBucket } from '../store/overviewStore.js';
export {
  MAX_SESSION_VIEWS,
  type PathStep,
  SESSION_TROUBLES,
  type SessionTrouble,
  STEP_KINDS,
  type StepKind,
} from '../store/pathStore.js';
export type { Interval, Percentiles, VitalSummary } from '../store/vitalStore.js';
export * from './api/activityApi.js';
export * from './api/boardApi.js';
export * from './api/commonApi.js';
export * from './api/errorApi.js';
export * from './api/healthApi.js';
export * from './api/insightApi.js';
export * from './api/liveApi.js';
export * from './api/pathApi.js';
export * from './api/savedApi.js';
export * from './api/settingsApi.js';
export * from './api/vitalApi.js';
export type { BoardPanel, PanelQuestion } from './board.js';
export type { Role } from './config.js';
