import type { ReactElement } from 'react';
import type { Page } from '../address/page.js';
import {
  ActionsIcon,
  ComponentsIcon,
  ErrorsIcon,
  HealthIcon,
  LiveIcon,
  OverviewIcon,
  PagesIcon,
  RequestsIcon,
  SessionsIcon,
  VitalsIcon,
} from '../icons.js';

interface Place {
  readonly label: string;
  readonly page: Page;
  /** Pages that are part of it. */
  readonly names: readonly Page['name'][];
  /** Pressed after `g`. */
  readonly key: string;
  readonly icon: () => ReactElement;
}

/** Where the navigation leads. */
export const PLACES: readonly Place[] = [
  { label: 'Overview', page: { name: 'overview' }, names: ['overview'], key: 'o', icon: OverviewIcon },
  {
    label: 'Vitals',
    page: { name: 'vitals', metric: 'lcp' },
    names: ['vitals'],
    key: 'v',
    icon: VitalsIcon,
  },
  { label: 'Pages', page: { name: 'pages' }, names: ['pages', 'route'], key: 'p', icon: PagesIcon },
  { label: 'Errors', page: { name: 'errors' }, names: ['errors', 'error'], key: 'e', icon: ErrorsIcon },
  {
    label: 'Requests',
    page: { name: 'requests' },
    names: ['requests', 'request'],
    key: 'r',
    icon: RequestsIcon,
  },
  {
    label: 'Sessions',
    page: { name: 'sessions' },
    names: ['sessions', 'session'],
    key: 's',
    icon: SessionsIcon,
  },
  { label: 'Actions', page: { name: 'actions' }, names: ['actions'], key: 'a', icon: ActionsIcon },
  {
    label: 'Components',
    page: { name: 'components' },
    names: ['components'],
    key: 'c',
    icon: ComponentsIcon,
  },
  { label: 'Live', page: { name: 'live' }, names: ['live'], key: 'l', icon: LiveIcon },
  { label: 'Health', page: { name: 'health' }, names: ['health'], key: 'h', icon: HealthIcon },
];
