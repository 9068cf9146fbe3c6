import { type Context, createContext } from 'react';
import type { Page } from './page.js';
import type { UrlState } from './urlState.js';

/** Fetches what a page will need while a link to it is pointed at. */
export type Prefetch = (page: Page, state: UrlState) => void;

export const PrefetchContext: Context<Prefetch> = createContext<Prefetch>(() => {});
