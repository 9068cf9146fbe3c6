import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { ToldNote } from '../activity/ToldNote.js';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { PageHead } from '../frame/PageHead.js';
import { PanelPlaceholder } from '../Panel.js';
import { requestsQuery } from '../queries.js';
import { GlancePanel } from './GlancePanel.js';
import { HostsPanel } from './HostsPanel.js';
import { TemplatesPanel } from './TemplatesPanel.js';
import '../charts/charts.css';
import '../vitals/Vitals.css';
import '../activity/Activity.css';

/** What pages asked for and loaded. */
export function RequestsPage(): ReactElement {
  const { state } = useAddress();
  const query = useQuery(requestsQuery(useApi(), state, state.listing));
  const { data } = query;
  return (
    <>
      <PageHead title="Requests" range={query.isError && data === undefined ? null : data?.range} />
      <ToldNote told={data?.told} what="requests and files" />
      {query.isPending ? (
        <PanelPlaceholder />
      ) : (
        <>
          <GlancePanel query={query} />
          <TemplatesPanel query={query} />
          <HostsPanel query={query} />
        </>
      )}
    </>
  );
}
