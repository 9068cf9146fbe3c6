import { browserTracingIntegration, init } from '@sentry/browser';

init({
  dsn: `${location.protocol}//public@${location.host}/1`,
  tunnel: `${location.origin}/sink/sentry`,
  release: 'bench@1.0.0',
  integrations: [browserTracingIntegration()],
  tracesSampleRate: 1,
});
