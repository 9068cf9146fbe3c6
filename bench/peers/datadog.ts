import { datadogRum } from '@datadog/browser-rum';

datadogRum.init({
  applicationId: '00000000-0000-4000-8000-000000000000',
  clientToken: 'pub00000000000000000000000000000000',
  proxy: `${location.origin}/sink/datadog`,
  service: 'bench',
  env: 'bench',
  version: '1.0.0',
  sessionSampleRate: 100,
  // Replay is a product of its own; the peers run without theirs too.
  sessionReplaySampleRate: 0,
  trackResources: true,
  trackLongTasks: true,
  trackUserInteractions: true,
});
