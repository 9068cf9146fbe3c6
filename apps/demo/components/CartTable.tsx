'use client';

import Link from 'next/link';
import { type CartLine, setQuantity } from '../lib/cart';
import { findProduct, formatPrice, type Product } from '../lib/products';
import { useCart } from './useCart';

interface PricedLine {
  readonly product: Product;
  readonly quantity: number;
}

/** Lines whose product is still sold, and what they cost together, in euro cents. */
export function priceCart(lines: readonly CartLine[]): {
  readonly priced: readonly PricedLine[];
  readonly items: number;
  readonly total: number;
} {
  const priced = lines.flatMap(({ id, quantity }) => {
    const product = findProduct(id);
    return product ? [{ product, quantity }] : [];
  });
  return {
    priced,
    items: priced.reduce((sum, line) => sum + line.quantity, 0),
    total: priced.reduce((sum, line) => sum + line.quantity * line.product.price, 0),
  };
}

export function CartTable() {
  const { priced, total } = priceCart(useCart());
  if (priced.length === 0) {
    return (
      <p>
        Nothing in it yet. <Link href="/catalogue">Look around.</Link>
      </p>
    );
  }
  return (
    <>
      <table className="shop-table">
        <thead>
          <tr>
            <th scope="col">Lamp</th>
            <th scope="col">Quantity</th>
            <th scope="col">Price</th>
          </tr>
        </thead>
        <tbody>
          {priced.map(({ product, quantity }) => (
            <tr key={product.id}>
              <td>
                <Link href={`/product/${product.id}`}>{product.name}</Link>
              </td>
              <td>
                <button
                  type="button"
                  aria-label={`One ${product.name} less`}
                  onClick={() => setQuantity(product.id, quantity - 1)}
                >
                  −
                </button>
                <output>{quantity}</output>
                <button
                  type="button"
                  aria-label={`One ${product.name} more`}
                  onClick={() => setQuantity(product.id, quantity + 1)}
                >
                  +
                </button>
              </td>
              <td>{formatPrice(product.price * quantity)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              Together
            </th>
            <td>{formatPrice(total)}</td>
          </tr>
        </tfoot>
      </table>
      <Link href="/checkout" className="shop-button">
        Check out
      </Link>
    </>
  );
}
