import type { VitalName } from '@rumkit/react-rum/protocol';
import { VITALS } from '../vitals.js';

/** A page of the admin, as the path below the admin's own page names it. */
export type Page =
  | { readonly name: 'overview' }
  | { readonly name: 'vitals'; readonly metric: VitalName }
  | { readonly name: 'pages' }
  | { readonly name: 'route'; readonly route: string }
  | { readonly name: 'errors' }
  | { readonly name: 'error'; readonly fingerprint: string }
  | { readonly name: 'insights' }
  | { readonly name: 'insight'; readonly id: string }
  | { readonly name: 'requests' }
  | { readonly name: 'request'; readonly key: string }
  | { readonly name: 'sessions' }
  | { readonly name: 'session'; readonly id: string }
  | { readonly name: 'actions' }
  | { readonly name: 'components' }
  | { readonly name: 'journeys' }
  | { readonly name: 'funnels' }
  | { readonly name: 'goals' }
  | { readonly name: 'live' }
  | { readonly name: 'health' }
  | { readonly name: 'boards' }
  | { readonly name: 'board'; readonly id: string }
  | { readonly name: 'settings' }
  | { readonly name: 'unknown'; readonly path: string };

/**
 * Which page some segments name.
 *
 * @param path What follows the path of the admin's own page, percent-encoded: empty, or `/vitals/lcp`.
 */
export function readPage(path: string): Page {
  const [name = '', ...rest] = path.replace(/^\/|\/$/g, '').split('/');
  const [detail = ''] = rest;
  if (name === 'pages' && rest.length > 0) {
    const route = readRoute(rest);
    return route === null ? { name: 'unknown', path } : { name: 'route', route };
  }
  if (name === 'vitals') {
    const vital = VITALS.find((known) => known.name === (detail || 'lcp'));
    return vital === undefined || rest.length > 1
      ? { name: 'unknown', path }
      : { name: 'vitals', metric: vital.name };
  }
  if (name === 'errors' && rest.length === 1 && FINGERPRINT.test(detail)) {
    return { name: 'error', fingerprint: detail };
  }
  if (name === 'insights' && rest.length === 1 && INCIDENT_ID.test(detail))
    return { name: 'insight', id: detail };
  if (name === 'dashboards' && rest.length < 2) {
    if (rest.length === 0) return { name: 'boards' };
    return BOARD_ID.test(detail) ? { name: 'board', id: detail } : { name: 'unknown', path };
  }
  if (name === 'requests' && rest.length === 1 && FINGERPRINT.test(detail)) {
    return { name: 'request', key: detail };
  }
  if (name === 'sessions' && rest.length === 1 && VIEW_ID.test(detail))
    return { name: 'session', id: detail };
  if (rest.length > 0) return { name: 'unknown', path };
  if (name === '') return { name: 'overview' };
  const page = PLAIN_PAGES.find((known) => known === name);
  return page === undefined ? { name: 'unknown', path } : { name: page };
}

const PLAIN_PAGES = [
  'pages',
  'insights',
  'errors',
  'requests',
  'sessions',
  'actions',
  'components',
  'live',
  'health',
  'settings',
  'journeys',
  'funnels',
  'goals',
] as const;
const INCIDENT_ID = /^[\w.-]{1,120}$/;
const BOARD_ID = /^[\w-]{1,64}$/;
const FINGERPRINT = /^[0-9a-f]{16}$/;
const VIEW_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Writes what {@link readPage} reads. */
export function writePage(page: Page): string {
  switch (page.name) {
    case 'overview':
      return '';
    case 'vitals':
      return `/vitals/${page.metric}`;
    case 'route':
      return `/pages/${encodeURIComponent(page.route)}`;
    case 'error':
      return `/errors/${page.fingerprint}`;
    case 'insight':
      return `/insights/${page.id}`;
    case 'boards':
      return '/dashboards';
    case 'board':
      return `/dashboards/${page.id}`;
    case 'request':
      return `/requests/${page.key}`;
    case 'session':
      return `/sessions/${page.id}`;
    case 'unknown':
      return page.path;
    default:
      return `/${page.name}`;
  }
}

/**
 * Whether a route can stand in a path: one that is a dot or two cannot, because every browser resolves them, encoded or not, and half
 * of a character cannot be encoded.
 */
export function hasPage(route: string): boolean {
  try {
    return !['', '.', '..'].includes(route) && encodeURIComponent(route) !== '';
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}

// Some proxies decode the slashes of a path on its way, and some merge those that follow each other.
function readRoute(parts: readonly string[]): string | null {
  try {
    const route = parts.map(decodeURIComponent).join('/');
    return parts.length > 1 && !route.startsWith('/') ? `/${route}` : route;
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
