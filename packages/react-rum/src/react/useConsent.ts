'use client';

import { useSyncExternalStore } from 'react';
import { getConsent, onConsentChange, setConsent } from '../browser/api.js';
import type { Consent } from '../browser/options.js';

/**
 * Gives what the visitor decided about being recorded, and the function that says so; renders again when it changes.
 * Undefined during server rendering and hydration, and while nothing was said and no agent runs.
 *
 * @example
 * ```tsx
 * import { useConsent } from '@rumkit/react-rum';
 *
 * export function ConsentBanner() {
 *   const [consent, setConsent] = useConsent();
 *   if (consent !== 'pending') return null;
 *   return (
 *     <p>
 *       May we measure how fast this site is for you?
 *       <button onClick={() => setConsent('granted')}>Yes</button>
 *       <button onClick={() => setConsent('denied')}>No</button>
 *     </p>
 *   );
 * }
 * ```
 */
export function useConsent(): readonly [
  consent: Consent | undefined,
  setConsent: (consent: Consent) => void,
] {
  return [useSyncExternalStore(onConsentChange, getConsent, () => undefined), setConsent];
}
