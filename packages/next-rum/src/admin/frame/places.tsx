import type { ReactElement } from 'react';
import type { Page } from '../address/page.js';
import {
  ActionsIcon,
  BoardsIcon,
  ComponentsIcon,
  ErrorsIcon,
  FunnelsIcon,
  GoalsIcon,
  HealthIcon,
  InsightsIcon,
  JourneysIcon,
  LiveIcon,
  OverviewIcon,
  PagesIcon,
  RequestsIcon,
  SessionsIcon,
  SettingsIcon,
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
    label: 'Insights',
    page: { name: 'insights' },
    names: ['insights', 'insight'],
    key: 'i',
    icon: InsightsIcon,
  },
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
  { label: 'Journeys', page: { name: 'journeys' }, names: ['journeys'], key: 'j', icon: JourneysIcon },
  { label: 'Funnels', page: { name: 'funnels' }, names: ['funnels'], key: 'f', icon: FunnelsIcon },
  { label: 'Goals', page: { name: 'goals' }, names: ['goals'], key: 't', icon: GoalsIcon },
  { label: 'Live', page: { name: 'live' }, names: ['live'], key: 'l', icon: LiveIcon },
  { label: 'Health', page: { name: 'health' }, names: ['health'], key: 'h', icon: HealthIcon },
  { label: 'Dashboards', page: { name: 'boards' }, names: ['boards', 'board'], key: 'd', icon: BoardsIcon },
  { label: 'Settings', page: { name: 'settings' }, names: ['settings'], key: ',', icon: SettingsIcon },
];
