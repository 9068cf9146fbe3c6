import type { Metadata } from 'next';
import { LateBanner } from '../../../components/LateBanner';
import { ProductCard } from '../../../components/ProductCard';
import { PRODUCTS } from '../../../lib/products';

export const metadata: Metadata = { title: 'Sale' };

export default function SalePage() {
  return (
    <>
      <LateBanner />
      <h1>Sale</h1>
      <ul className="shop-grid">
        {PRODUCTS.filter((product) => product.onSale).map((product) => (
          <ProductCard key={product.id} product={product} />
        ))}
      </ul>
    </>
  );
}
