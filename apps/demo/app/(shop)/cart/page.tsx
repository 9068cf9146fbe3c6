import type { Metadata } from 'next';
import { CartTable } from '../../../components/CartTable';

export const metadata: Metadata = { title: 'Cart' };

export default function CartPage() {
  return (
    <>
      <h1>Cart</h1>
      <CartTable />
    </>
  );
}
