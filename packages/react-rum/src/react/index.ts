export { reportError, track } from '../browser/api.js';
export type { RumAgentOptions } from '../browser/options.js';
export type { RumAgent } from '../browser/registry.js';
export type { Route, RouteSource } from '../browser/routes.js';
export type { Properties, PropertyValue } from '../protocol/index.js';
export { RumProvider, type RumProviderProps } from './RumProvider.js';
export { type AnyEvents, type TrackEvent, useTrackEvent } from './useTrackEvent.js';
