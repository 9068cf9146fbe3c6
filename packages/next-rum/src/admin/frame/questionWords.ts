import type { Audience, Comparison } from '../../server/question.js';

export const AUDIENCE_LABELS: { readonly [audience in Audience]: string } = {
  visitors: 'Visitors',
  bots: 'Bots',
  admin: 'Admin',
};

export const COMPARISON_LABELS: { readonly [comparison in Comparison]: string } = {
  none: 'No comparison',
  previous: 'vs. the time before',
  week: 'vs. a week earlier',
};
