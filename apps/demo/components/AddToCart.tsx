'use client';

import { useState } from 'react';
import { addToCart } from '../lib/cart';
import { useShopEvent } from '../lib/events';

export function AddToCart({ sku, price }: { readonly sku: string; readonly price: number }) {
  const track = useShopEvent();
  const [added, setAdded] = useState(false);

  function add(): void {
    addToCart(sku);
    setAdded(true);
    track('add_to_cart', { sku, price });
  }

  return (
    <button type="button" className="shop-button" data-rum-action="add to cart" onClick={add}>
      {added ? 'In your cart — add another' : 'Add to cart'}
    </button>
  );
}
