import type { ReactElement } from 'react';
import type { Page } from '../address/page.js';

type PageNamed<N extends Page['name']> = Extract<Page, { readonly name: N }>;

/** Shows a page, once its code is there. */
export type ShowPage<N extends Page['name'] = Page['name']> = (page: PageNamed<N>) => ReactElement;

/** The overview is what most begin with, so it comes at once. */
type LoadedName = Exclude<Page['name'], 'overview' | 'unknown'>;

const CODE: { readonly [N in LoadedName]: () => Promise<ShowPage<N>> } = {
  async vitals() {
    const { VitalsPage } = await import('../vitals/VitalsPage.js');
    return ({ metric }) => <VitalsPage metric={metric} />;
  },
  async pages() {
    const { PagesPage } = await import('../pages/PagesPage.js');
    return () => <PagesPage />;
  },
  async route() {
    const { RoutePage } = await import('../pages/RoutePage.js');
    return ({ route }) => <RoutePage key={route} route={route} />;
  },
  async errors() {
    const { ErrorsPage } = await import('../errors/ErrorsPage.js');
    return () => <ErrorsPage />;
  },
  async error() {
    const { ErrorPage } = await import('../errors/ErrorPage.js');
    return ({ fingerprint }) => <ErrorPage key={fingerprint} fingerprint={fingerprint} />;
  },
  async insights() {
    const { InsightsPage } = await import('../insights/InsightsPage.js');
    return () => <InsightsPage />;
  },
  async insight() {
    const { InsightPage } = await import('../insights/InsightPage.js');
    return ({ id }) => <InsightPage key={id} id={id} />;
  },
  async requests() {
    const { RequestsPage } = await import('../requests/RequestsPage.js');
    return () => <RequestsPage />;
  },
  async request() {
    const { RequestPage } = await import('../requests/RequestPage.js');
    return ({ key }) => <RequestPage key={key} requestKey={key} />;
  },
  async sessions() {
    const { SessionsPage } = await import('../paths/SessionsPage.js');
    return () => <SessionsPage />;
  },
  async session() {
    const { SessionPage } = await import('../paths/SessionPage.js');
    return ({ id }) => <SessionPage key={id} id={id} />;
  },
  async actions() {
    const { ActionsPage } = await import('../actions/ActionsPage.js');
    return () => <ActionsPage />;
  },
  async components() {
    const { ComponentsPage } = await import('../components/ComponentsPage.js');
    return () => <ComponentsPage />;
  },
  async journeys() {
    const { JourneysPage } = await import('../paths/JourneysPage.js');
    return () => <JourneysPage />;
  },
  async funnels() {
    const { FunnelsPage } = await import('../paths/FunnelsPage.js');
    return () => <FunnelsPage />;
  },
  async goals() {
    const { GoalsPage } = await import('../paths/GoalsPage.js');
    return () => <GoalsPage />;
  },
  async live() {
    const { LivePage } = await import('../live/LivePage.js');
    return () => <LivePage />;
  },
  async health() {
    const { HealthPage } = await import('../health/HealthPage.js');
    return () => <HealthPage />;
  },
  async boards() {
    const { BoardsPage } = await import('../boards/BoardsPage.js');
    return () => <BoardsPage />;
  },
  async board() {
    const { BoardPage } = await import('../boards/BoardPage.js');
    return ({ id }) => <BoardPage key={id} id={id} />;
  },
  async settings() {
    const { SettingsPage } = await import('../settings/SettingsPage.js');
    return () => <SettingsPage />;
  },
};

/** How the code of a page is loaded; null where it is there from the beginning. */
export function pageCode({ name }: Page): (() => Promise<ShowPage>) | null {
  if (name === 'overview' || name === 'unknown') return null;
  // What is loaded by the name of a page is only ever given pages of that name.
  return CODE[name] as () => Promise<ShowPage>;
}

/** What a page is called while its code, which knows better, is not there. */
export function provisionalTitle(page: Page): string {
  switch (page.name) {
    case 'route':
      return page.route;
    case 'error':
      return `Error ${page.fingerprint.slice(0, 8)}`;
    case 'insight':
      return 'Incident';
    case 'boards':
      return 'Dashboards';
    case 'board':
      return 'Dashboard';
    default:
      return `${page.name.charAt(0).toUpperCase()}${page.name.slice(1)}`;
  }
}
