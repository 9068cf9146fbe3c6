import { OWN_HOST } from '../../analysis/requests/requestKey.js';

export function hostLabel(host: string): string {
  return host === OWN_HOST ? 'Own origin' : host;
}

const INITIATORS: { readonly [initiator: string]: string | undefined } = {
  xmlhttprequest: 'XHR',
  img: 'image',
  css: 'from a style sheet',
  link: 'link',
  script: 'script',
  iframe: 'frame',
};

export function initiatorLabel(initiator: string): string {
  return INITIATORS[initiator] ?? initiator;
}

export const PHASE_LABELS = {
  redirect: 'Redirects',
  dns: 'Name look-up',
  connect: 'Connecting',
  tls: 'of it TLS',
  wait: 'Waiting for the first byte',
  download: 'Download',
} as const;

const STATUSES: { readonly [status: string]: string | undefined } = {
  network: 'No answer: network',
  timeout: 'No answer: timed out',
  abort: 'Aborted',
  unknown: 'Not told by the browser',
};

export function statusLabel(status: string): string {
  return STATUSES[status] ?? status;
}
