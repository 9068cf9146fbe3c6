import { withRum } from '@rumkit/next-rum/config';

export default withRum(
  { reactStrictMode: true, poweredByHeader: false },
  {
    // Neither order numbers nor names of lamps look like ids, so the shop says which of its requests are of one kind.
    urlTemplates: ['/api/parcels/*', '/product/*', '/product/*/quick'],
    // The admin measures itself, apart from the shop: its settings lead there.
    apps: { '/admin/rum': 'default-admin' },
    // Whoever tries the shop out looks at the live page beside it. A busy site leaves this at its 10 s: fewer requests.
    flushInterval: 500,
  },
);
