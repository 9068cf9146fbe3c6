export {
  configureRum,
  endTiming,
  getConsent,
  identify,
  onConsentChange,
  reportError,
  setConsent,
  setContext,
  setViewContext,
  startTiming,
  track,
  trackFlag,
  trackTiming,
} from '../browser/api.js';
export type { Consent, FrustrationMet, RumAgentOptions, RumHooks } from '../browser/options.js';
export type { ErrorDetails, RumAgent, Timing } from '../browser/registry.js';
export type { Route, RouteSource } from '../browser/routes.js';
export type { Properties, PropertyValue, TimingKind } from '../protocol/index.js';
export { RumErrorBoundary, type RumErrorBoundaryProps, type RumFallbackProps } from './RumErrorBoundary.js';
export { RumProvider, type RumProviderProps } from './RumProvider.js';
export { Track, type TrackOptions, type TrackProps } from './Track.js';
export { type TrackableQueryClient, type TrackQueryOptions, trackQueryClient } from './trackQueryClient.js';
export { useConsent } from './useConsent.js';
export { type Rum, useRum } from './useRum.js';
export { type AnyEvents, type TrackEvent, useTrackEvent } from './useTrackEvent.js';
export { useTrackForm } from './useTrackForm.js';
export { useTrackRender } from './useTrackRender.js';
export { useTrackVisible } from './useTrackVisible.js';
export type { VisibleOptions, VisibleTarget } from './visibleWatch.js';
export { type TrackingOptions, withTracking } from './withTracking.js';
