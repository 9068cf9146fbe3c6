import Link from 'next/link';
import { formatPrice, type Product } from '../lib/products';
import { LampArt } from './LampArt';

export function ProductCard({ product }: { readonly product: Product }) {
  return (
    <li className="shop-card">
      <Link href={`/product/${product.id}`}>
        <LampArt product={product} />
        <strong>{product.name}</strong>
        <span>{product.line}</span>
        <em>{formatPrice(product.price)}</em>
      </Link>
      <Link href={`/product/${product.id}/quick`} className="shop-quick" scroll={false}>
        Quick view<span className="shop-hidden"> of {product.name}</span>
      </Link>
    </li>
  );
}
