/** Address that batches are sent to: `${endpoint}/batch`, with a slash at the end where the endpoint has one, and the key. */
export function endpointOf({
  endpoint = '/api/rum',
  key,
}: {
  readonly endpoint?: string;
  readonly key?: string;
}): string {
  return endpoint.replace(/(\/?)$/, '/batch$1') + (key ? `?key=${key}` : '');
}
