import { hashText } from '../hashText.js';
import type { RequestEvent } from './requestFigures.js';

/** Which requests are alike. */
export interface RequestTemplate {
  /** URL template; a path where it is of the page's own origin. */
  readonly name: string;
  /** `fetch`, `img`, `script`, as the browser names initiators. */
  readonly initiator: string;
  /** Of requests that scripts make. */
  readonly method: string | null;
  /** Of GraphQL. */
  readonly operation: string | null;
}

/** `requests`: what scripts ask for. `files`: what the page loads. */
export type RequestKind = 'requests' | 'files';

/** What a list can be narrowed to. */
export const REQUEST_KINDS = ['all', 'requests', 'files'] as const;
export type RequestKindChoice = (typeof REQUEST_KINDS)[number];

/** Stands for the page's own origin; no host has such a name. */
export const OWN_HOST = '(own)';

export function templateOf({ name, said }: Pick<RequestEvent, 'name' | 'said'>): RequestTemplate {
  const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
  return {
    name,
    initiator: text(said.initiator) ?? 'other',
    method: text(said.method),
    operation: text(said.operation),
  };
}

/** 16 hexadecimal digits that stand for a template. */
export function requestKey({ name, initiator, method, operation }: RequestTemplate): string {
  const [high, low] = hashText(JSON.stringify([name, initiator, method, operation]));
  return [high, low].map((part) => part.toString(16).padStart(8, '0')).join('');
}

export function kindOf({ initiator }: Pick<RequestTemplate, 'initiator'>): RequestKind {
  return ['fetch', 'xmlhttprequest', 'beacon'].includes(initiator) ? 'requests' : 'files';
}

/** Of a template; what is no URL is a host of its own. */
export function hostOf(name: string): string {
  if (name.startsWith('/')) return OWN_HOST;
  try {
    return new URL(name).host || new URL(name).protocol;
  } catch (error) {
    if (error instanceof TypeError) return name;
    throw error;
  }
}
