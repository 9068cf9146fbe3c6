'use client';

import { track } from '../browser/api.js';
import type { Properties } from '../protocol/index.js';

/** Any name, with any properties. */
export interface AnyEvents {
  readonly [name: string]: Properties | undefined;
}

/** Records an event of the given map; its properties may be left out where the map allows `undefined`. */
export type TrackEvent<Events> = <Name extends keyof Events & string>(
  name: Name,
  ...properties: undefined extends Events[Name] ? [properties?: Events[Name]] : [properties: Events[Name]]
) => void;

/**
 * Gives the function that records custom events. It is always the same function, so it may stand in dependency lists,
 * and it may be called at any time: before the agent starts (kept), during server rendering, without a provider (nothing
 * happens).
 *
 * @typeParam Events Names and properties of the application's events; without it any are taken.
 * @example
 * ```tsx
 * import { useTrackEvent } from '@rumkit/react-rum';
 *
 * interface ShopEvents {
 *   add_to_cart: { sku: string; price: number };
 *   checkout_opened: undefined;
 * }
 *
 * export function AddToCart({ sku, price }: { sku: string; price: number }) {
 *   const track = useTrackEvent<ShopEvents>();
 *   return <button onClick={() => track('add_to_cart', { sku, price })}>Add</button>;
 * }
 * ```
 */
export function useTrackEvent<
  Events extends { readonly [Name in keyof Events]: object | undefined } = AnyEvents,
>(): TrackEvent<Events> {
  return track as TrackEvent<Events>;
}
