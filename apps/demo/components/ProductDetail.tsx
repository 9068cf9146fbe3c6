import { formatPrice, type Product } from '../lib/products';
import { AddToCart } from './AddToCart';
import { LampArt } from './LampArt';

export function ProductDetail({ product }: { readonly product: Product }) {
  return (
    <article className="shop-detail">
      <LampArt product={product} />
      <div>
        <h1>{product.name}</h1>
        <p className="shop-lead">{product.line}.</p>
        <p className="shop-price">{formatPrice(product.price)}</p>
        <AddToCart sku={product.id} price={product.price} />
        <ul className="shop-facts">
          <li>Ships in two days</li>
          <li>Ten years of spare parts</li>
          <li>LED, 2,200–2,700 K, dimmable</li>
        </ul>
      </div>
    </article>
  );
}
