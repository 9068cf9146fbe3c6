import { expect, test } from 'vitest';
import { operationOf } from './request.js';

test.each([
  ['a name beside the query', '/graphql', '{"operationName":"Cart","query":"query Other { a }"}', 'Cart'],
  ['a named query', '/api/graphql', '{"query":"query Cart($id: ID!) { cart }"}', 'Cart'],
  ['a mutation', '/GraphQL?x=1', '{"query":"mutation AddToCart { add }"}', 'AddToCart'],
  ['a subscription', '/graphql', '{"query":"subscription Stock { stock }"}', 'Stock'],
  ['a query without a name', '/graphql', '{"query":"{ cart { id } }"}', undefined],
  ['no text', '/graphql', new FormData(), undefined],
  ['no body', '/graphql', undefined, undefined],
  ['another request', '/api/search', '{"query":"query Cart"}', undefined],
])('the operation of %s', (_what, url, body, operation) => {
  expect(operationOf(url, body)).toBe(operation);
});
