import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { ToldNote } from '../activity/ToldNote.js';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { PageHead } from '../frame/PageHead.js';
import { PanelPlaceholder } from '../Panel.js';
import { actionsQuery } from '../queries.js';
import { ActionsPanel } from './ActionsPanel.js';
import { FrustrationsPanel } from './FrustrationsPanel.js';
import { VisitsPanel } from './VisitsPanel.js';
import '../charts/charts.css';
import '../vitals/Vitals.css';
import '../activity/Activity.css';

/** What visitors did, and what of it was frustrating. */
export function ActionsPage(): ReactElement {
  const { state } = useAddress();
  const query = useQuery(actionsQuery(useApi(), state));
  const { data } = query;
  return (
    <>
      <PageHead title="Actions" range={query.isError && data === undefined ? null : data?.range} />
      <ToldNote told={data?.told} what="actions" />
      {query.isPending ? (
        <PanelPlaceholder />
      ) : (
        <>
          <VisitsPanel query={query} />
          <FrustrationsPanel query={query} />
          <ActionsPanel query={query} />
        </>
      )}
    </>
  );
}
