import { setTimeout } from 'node:timers/promises';

/** A payment provider takes its time. */
const PAYMENT_MS = 1200;

export async function POST(request: Request): Promise<Response> {
  const order: unknown = await request.json();
  if (typeof order !== 'object' || order === null || !('items' in order) || !Array.isArray(order.items)) {
    return Response.json({ error: 'An order needs items.' }, { status: 400 });
  }
  await setTimeout(PAYMENT_MS);
  return Response.json({ orderId: `L-${1000 + (Date.now() % 9000)}` });
}
