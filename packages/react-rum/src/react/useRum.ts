'use client';

import {
  endTiming,
  identify,
  reportError,
  setConsent,
  setContext,
  setViewContext,
  startTiming,
  track,
  trackFlag,
  trackTiming,
} from '../browser/api.js';

/** What the page may tell the agent; each is the function of that name. */
export interface Rum {
  readonly track: typeof track;
  readonly reportError: typeof reportError;
  readonly trackTiming: typeof trackTiming;
  readonly startTiming: typeof startTiming;
  readonly endTiming: typeof endTiming;
  readonly trackFlag: typeof trackFlag;
  readonly setContext: typeof setContext;
  readonly setViewContext: typeof setViewContext;
  readonly identify: typeof identify;
  readonly setConsent: typeof setConsent;
}

const rum: Rum = {
  track,
  reportError,
  trackTiming,
  startTiming,
  endTiming,
  trackFlag,
  setContext,
  setViewContext,
  identify,
  setConsent,
};

/**
 * Gives all that the page may tell the agent. It is always the same object with the same functions, so they may stand in
 * dependency lists, and they may be called at any time: before the agent starts (kept), during server rendering, without
 * a provider (nothing happens).
 *
 * @example
 * ```tsx
 * import { useRum } from '@rumkit/react-rum';
 * import { useEffect } from 'react';
 *
 * export function Checkout({ variant }: { variant: string }) {
 *   const { trackFlag, startTiming, endTiming } = useRum();
 *   useEffect(() => {
 *     trackFlag('new_checkout', variant);
 *     startTiming('checkout');
 *   }, [trackFlag, startTiming, variant]);
 *   return <button onClick={() => endTiming('checkout')}>Pay</button>;
 * }
 * ```
 */
export function useRum(): Rum {
  return rum;
}
