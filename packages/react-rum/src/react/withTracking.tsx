'use client';

import {
  type ComponentPropsWithRef,
  type ComponentType,
  type ElementType,
  type FunctionComponent,
  forwardRef,
  type RefAttributes,
} from 'react';
import { Track, type TrackOptions } from './Track.js';

export interface TrackingOptions extends TrackOptions {
  /**
   * Up to 512 characters. Default the component's `displayName` or else its function's name, which a minifier may have
   * changed: better give one.
   */
  readonly name?: string;
}

/**
 * Wraps a component in {@link Track}. Props and ref go to the component; `displayName` is the component's.
 *
 * @example
 * ```tsx
 * import { withTracking } from '@rumkit/react-rum';
 *
 * function Reviews({ sku }: { sku: string }) {
 *   return <section>Reviews of {sku}</section>;
 * }
 *
 * export const TrackedReviews = withTracking(Reviews, { name: 'reviews', visible: true });
 * ```
 */
export function withTracking<Wrapped extends Exclude<ElementType, string>>(
  Component: Wrapped,
  options?: TrackingOptions,
): FunctionComponent<ComponentPropsWithRef<Wrapped>> {
  const Inner = Component as ComponentType<RefAttributes<unknown>>;
  const ownName = Inner.displayName || Inner.name || 'component';
  // React 18 has no other way to pass a ref on.
  const Tracked = forwardRef((props, ref) => (
    <Track name={ownName} {...options}>
      <Inner {...props} ref={ref} />
    </Track>
  ));
  Tracked.displayName = ownName;
  return Tracked as FunctionComponent<ComponentPropsWithRef<Wrapped>>;
}
