import { formatCount } from './format.js';

/** What filters over very many views come down to; empty where every single row was counted. */
export function estimateWords(oneIn = 1): string {
  return oneIn === 1 ? '' : `estimated from one view in ${formatCount(oneIn)}`;
}
