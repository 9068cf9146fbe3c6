'use client';

import { type ReactNode, useEffect } from 'react';
import type { RumAgentOptions } from '../browser/options.js';
import { mayRecord, registry } from '../browser/registry.js';

export interface RumProviderProps {
  readonly children?: ReactNode;
  /**
   * Starts the agent with these if none runs. Leave out under Next with `withRum`, which starts it before hydration.
   * Later changes have no effect.
   */
  readonly options?: RumAgentOptions;
}

declare const process: { readonly env: { readonly NODE_ENV?: string } };

const NO_AGENT =
  'RUM: no agent runs, so nothing is measured — wrap next.config in withRum() of @rumkit/next-rum/config (before Next 16.3 create instrumentation-client.ts as well), or give <RumProvider> its options';

/**
 * Wraps an application. Renders its children as they are: never suspends, never renders them again.
 *
 * @example
 * ```tsx
 * import { RumProvider } from '@rumkit/react-rum';
 * import type { ReactNode } from 'react';
 *
 * export default function Layout({ children }: { children: ReactNode }) {
 *   return <RumProvider>{children}</RumProvider>;
 * }
 * ```
 */
export function RumProvider({ children, options }: RumProviderProps): ReactNode {
  useEffect(() => {
    if (registry().agent) return;
    if (!options) {
      // Bundlers write out what stands behind; without one there is no `process` in a browser.
      if (typeof process === 'object' && process.env.NODE_ENV !== 'production' && mayRecord()) {
        console.warn(NO_AGENT);
      }
      return;
    }
    // Loaded here, so that neither a server nor a page whose agent runs already pays for it.
    import('../browser/index.js').then(
      ({ startRum }) => {
        startRum(options);
        // What the options say of consent is news to `useConsent`.
        for (const tell of registry().consentListeners) tell();
      },
      (cause) => console.warn('RUM', cause),
    );
  }, [options]);
  return children;
}
