'use client';

import { useTrackForm } from '@rumkit/react-rum';
import Link from 'next/link';
import { type FormEvent, useState } from 'react';
import { emptyCart } from '../lib/cart';
import { useShopEvent } from '../lib/events';
import { formatPrice } from '../lib/products';
import { priceCart } from './CartTable';
import { useCart } from './useCart';

type Payment =
  | { readonly state: 'open' }
  | { readonly state: 'paying' }
  | { readonly state: 'failed'; readonly message: string }
  | { readonly state: 'paid'; readonly orderId: string };

export function CheckoutForm() {
  const cart = useCart();
  const track = useShopEvent();
  const form = useTrackForm('checkout');
  const [payment, setPayment] = useState<Payment>({ state: 'open' });
  const { items, total } = priceCart(cart);

  async function pay(event: FormEvent): Promise<void> {
    event.preventDefault();
    track('checkout_start', { items, total });
    setPayment({ state: 'paying' });
    const response = await fetch('/api/checkout', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ items: cart }),
    });
    if (!response.ok) {
      setPayment({ state: 'failed', message: `The payment was refused (${response.status}). Try again.` });
      return;
    }
    const { orderId }: { orderId: string } = await response.json();
    track('purchase', { orderId, items, total });
    emptyCart();
    setPayment({ state: 'paid', orderId });
  }

  if (payment.state === 'paid') {
    return (
      <p role="status">
        Thank you. Your order is <a href={`/legacy/orders/${payment.orderId}`}>{payment.orderId}</a>.
      </p>
    );
  }
  if (items === 0) {
    return (
      <p>
        There is nothing to pay. <Link href="/catalogue">Choose a lamp.</Link>
      </p>
    );
  }
  return (
    <form ref={form} className="shop-form" onSubmit={pay}>
      <label>
        Name
        <input name="name" autoComplete="name" required />
      </label>
      <label>
        Address
        <textarea name="address" autoComplete="street-address" rows={3} required />
      </label>
      {payment.state === 'failed' && <p role="alert">{payment.message}</p>}
      <button
        type="submit"
        className="shop-button"
        data-rum-action="pay"
        disabled={payment.state === 'paying'}
      >
        {payment.state === 'paying' ? 'Paying…' : `Pay ${formatPrice(total)}`}
      </button>
    </form>
  );
}
