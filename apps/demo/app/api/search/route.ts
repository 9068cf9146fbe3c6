import { setTimeout } from 'node:timers/promises';
import { searchProducts } from '../../../lib/products';

const INDEX_MS = 90;

export async function GET(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams.get('q') ?? '';
  await setTimeout(INDEX_MS);
  return Response.json({ products: searchProducts(query) });
}
