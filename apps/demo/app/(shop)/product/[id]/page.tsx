import { setTimeout } from 'node:timers/promises';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { LampBoundary } from '../../../../components/LampBoundary';
import { ProductCard } from '../../../../components/ProductCard';
import { ProductDetail } from '../../../../components/ProductDetail';
import { findProduct, PRODUCTS } from '../../../../lib/products';

interface Props {
  readonly params: Promise<{ id: string }>;
}

/** Stock lives in another system. */
const STOCK_MS = 120;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: findProduct((await params).id)?.name ?? 'Not found' };
}

export default async function ProductPage({ params }: Props) {
  const product = findProduct((await params).id);
  if (product === undefined) {
    notFound();
  }
  await setTimeout(STOCK_MS);
  const others = PRODUCTS.filter(({ shape, id }) => shape === product.shape && id !== product.id);
  return (
    <>
      <LampBoundary>
        <ProductDetail product={product} />
      </LampBoundary>
      <h2>Of the same shape</h2>
      <ul className="shop-grid">
        {others.map((other) => (
          <ProductCard key={other.id} product={other} />
        ))}
      </ul>
    </>
  );
}
