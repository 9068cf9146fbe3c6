// What the page would otherwise fetch from PostHog's host after start.
import 'posthog-js/dist/exception-autocapture';
import 'posthog-js/dist/web-vitals-with-attribution';
import { AnalyticsExtensions, ErrorTrackingExtensions } from 'posthog-js/dist/extension-bundles';
import posthog from 'posthog-js/dist/module.slim';

posthog.init('phc_bench', {
  api_host: `${location.origin}/sink/posthog`,
  defaults: '2026-08-30',
  autocapture: true,
  capture_exceptions: true,
  capture_performance: { web_vitals: true, network_timing: true },
  __extensionClasses: { ...AnalyticsExtensions, ...ErrorTrackingExtensions },
});
