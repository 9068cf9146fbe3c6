export type { RumPieceProps } from './Gated.js';
export { RumFunnel, type RumFunnelProps } from './RumFunnel.js';
export { RumOverview, type RumOverviewProps } from './RumOverview.js';
export { RumVitals, type RumVitalsProps } from './RumVitals.js';
