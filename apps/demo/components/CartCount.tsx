'use client';

import { useCart } from './useCart';

export function CartCount() {
  const count = useCart().reduce((sum, line) => sum + line.quantity, 0);
  return <output className="shop-cart-count">{count}</output>;
}
