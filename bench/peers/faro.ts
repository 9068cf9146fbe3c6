import { getWebInstrumentations, initializeFaro } from '@grafana/faro-web-sdk';

// Without @grafana/faro-web-tracing: requests are timed without it too, and it more than doubles the size, so that
// leaving it out makes this peer the stronger one.
initializeFaro({
  url: `${location.origin}/sink/faro`,
  app: { name: 'bench', version: '1.0.0' },
  instrumentations: getWebInstrumentations(),
  // Route changes are off by default and part of a full install.
  experimental: { trackNavigation: true },
});
