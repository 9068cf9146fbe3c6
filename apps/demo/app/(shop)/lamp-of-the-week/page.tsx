import { redirect } from 'next/navigation';
import { connection } from 'next/server';
import { PRODUCTS } from '../../../lib/products';

const WEEK_MS = 7 * 24 * 3_600_000;

/** An address that stays, for posters and newsletters. */
export default async function LampOfTheWeekPage() {
  await connection();
  const lamp = PRODUCTS[Math.floor(Date.now() / WEEK_MS) % PRODUCTS.length];
  redirect(lamp ? `/product/${lamp.id}` : '/catalogue');
}
