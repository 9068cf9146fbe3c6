import type { Page } from '../address/page.js';

const COMPARING: readonly Page['name'][] = [
  'overview',
  'vitals',
  'pages',
  'route',
  'errors',
  'error',
  'requests',
  'request',
  'actions',
  'components',
  'board',
];

/** Whether a page sets anything against the time that it is compared with. */
export function compares({ name }: Page): boolean {
  return COMPARING.includes(name);
}
