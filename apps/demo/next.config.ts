import { withRum } from '@rumkit/next-rum/config';

export default withRum(
  { reactStrictMode: true, poweredByHeader: false },
  // Neither order numbers nor names of lamps look like ids, so the shop says which of its requests are of one kind.
  { urlTemplates: ['/api/parcels/*', '/product/*', '/product/*/quick'] },
);
