import type { RequestTemplate } from './requestKey.js';

/** What of a request is asked for: `POST /api/cart/:id`, `POST /graphql addToCart`. */
export function requestTitle({
  name,
  method,
  operation,
}: Pick<RequestTemplate, 'name' | 'method' | 'operation'>): string {
  return [method, name, operation].filter((part) => part !== null).join(' ');
}
