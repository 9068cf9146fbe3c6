/** Address that batches are sent to: `${endpoint}/batch`, with a slash at the end where the endpoint has one. */
export function endpointOf({ endpoint = '/api/rum' }: { readonly endpoint?: string }): string {
  return endpoint.replace(/(\/?)$/, '/batch$1');
}
