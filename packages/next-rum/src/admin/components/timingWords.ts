import type { TimingChoice } from '../activity/listing.js';

export const TIMING_LABELS: { readonly [kind in TimingChoice]: string } = {
  all: 'All kinds',
  render: 'Renders',
  query: 'Queries',
  custom: 'Custom timings',
  measure: 'Measures',
  mark: 'Marks',
  visible: 'Time in sight',
  form: 'Forms',
  longtask: 'Long tasks',
};

/** One of them, as a row says it. */
export const TIMING_NAMES: { readonly [kind in TimingChoice]: string } = {
  all: '',
  render: 'render',
  query: 'query',
  custom: 'custom',
  measure: 'measure',
  mark: 'mark',
  visible: 'in sight',
  form: 'form',
  longtask: 'long task',
};
