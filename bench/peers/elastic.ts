import { init } from '@elastic/apm-rum';

init({
  serviceName: 'bench',
  serviceVersion: '1.0.0',
  serverUrl: `${location.origin}/sink/elastic`,
  // It drops what is beyond 80 events a minute, and the bench does in a minute what a visitor does in an hour.
  eventsLimit: 100_000,
});
