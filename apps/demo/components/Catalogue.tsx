'use client';

import { useTrackRender } from '@rumkit/react-rum';
import { useState } from 'react';
import type { Product, Shape } from '../lib/products';
import { ProductCard } from './ProductCard';

/** All products, narrowed down by shape. */
export function Catalogue({ products }: { readonly products: readonly Product[] }) {
  useTrackRender('catalogue');
  const [shape, setShape] = useState<Shape | null>(null);
  const shapes = [...new Set(products.map((product) => product.shape))];
  const shown = products.filter((product) => shape === null || product.shape === shape);
  return (
    <>
      <fieldset className="shop-filters" aria-label="Shape">
        {[null, ...shapes].map((choice) => (
          <button key={choice} type="button" aria-pressed={choice === shape} onClick={() => setShape(choice)}>
            {choice ?? 'all'}
          </button>
        ))}
      </fieldset>
      <ul className="shop-grid">
        {shown.map((product) => (
          <ProductCard key={product.id} product={product} />
        ))}
      </ul>
    </>
  );
}
