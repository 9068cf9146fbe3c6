'use client';

import { useSyncExternalStore } from 'react';
import { type CartLine, readCart, readServerCart, subscribeToCart } from '../lib/cart';

/** The cart's lines; empty on the server and until hydration. */
export function useCart(): readonly CartLine[] {
  return useSyncExternalStore(subscribeToCart, readCart, readServerCart);
}
