import { trackQueryClient } from '@rumkit/react-rum';
import { QueryClient } from '@tanstack/react-query';

/** A client whose fetches and cache hits are recorded, from the first on. */
export function createQueryClient(): QueryClient {
  const client = new QueryClient();
  trackQueryClient(client);
  return client;
}
