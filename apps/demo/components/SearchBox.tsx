'use client';

import { useRum } from '@rumkit/react-rum';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useShopEvent } from '../lib/events';
import type { Product } from '../lib/products';
import { ProductCard } from './ProductCard';

const TYPING_PAUSE_MS = 250;

/** Searches as one types and keeps the query in the address, so that a search can be shared. */
export function SearchBox({ initialQuery }: { readonly initialQuery: string }) {
  const router = useRouter();
  const track = useShopEvent();
  const { startTiming, endTiming } = useRum();
  const [query, setQuery] = useState(initialQuery);
  const [products, setProducts] = useState<readonly Product[] | null>(null);

  useEffect(() => {
    const text = query.trim();
    if (text === '') {
      setProducts(null);
      return;
    }
    const search = new AbortController();
    const pause = setTimeout(async () => {
      router.replace(`/search?q=${encodeURIComponent(text)}`, { scroll: false });
      startTiming('search');
      const response = await fetch(`/api/search?q=${encodeURIComponent(text)}`, {
        signal: search.signal,
      }).catch(
        // A later key stroke gave this search up.
        () => null,
      );
      if (response?.ok) {
        const found: { products: readonly Product[] } = await response.json();
        setProducts(found.products);
        endTiming('search', { results: found.products.length });
        track('search', { results: found.products.length });
      }
    }, TYPING_PAUSE_MS);
    return () => {
      clearTimeout(pause);
      search.abort();
    };
  }, [query, router, track, startTiming, endTiming]);

  return (
    <>
      <label className="shop-search">
        What are you looking for?
        <input
          type="search"
          value={query}
          placeholder="reading, paper, globe…"
          onChange={(event) => setQuery(event.target.value)}
        />
      </label>
      {products && (
        <>
          <p role="status">{products.length === 1 ? 'One lamp' : `${products.length} lamps`}</p>
          <ul className="shop-grid">
            {products.map((product) => (
              <ProductCard key={product.id} product={product} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}
