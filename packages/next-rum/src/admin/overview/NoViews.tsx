import type { ReactElement } from 'react';
import type { OverviewResponse } from '../../server/api.js';
import type { Question } from '../../server/question.js';
import { useAddress } from '../address/Address.js';
import { EmptyNotice } from '../Notice.js';
import { KeptApart } from './KeptApart.js';

interface NoViewsProps {
  readonly question: Question;
  readonly bots: OverviewResponse['bots'];
  /** Null where whatever is shown is narrower than an audience. */
  readonly onShowBots: (() => void) | null;
}

/** Why a range has no views. Whoever tries things out with a driven browser finds its views among those of bots. */
export function NoViews({ question, bots, onShowBots }: NoViewsProps): ReactElement {
  const { ask } = useAddress();
  const { audience, filters } = question;
  if (onShowBots === null) {
    return (
      <EmptyNotice title="No views in this range">Choose a longer range, or take a filter away.</EmptyNotice>
    );
  }
  if (filters.length > 0) {
    return (
      <EmptyNotice
        title="No view passes these filters"
        action={
          <button type="button" className="rum-button" onClick={() => ask({ filters: [] })}>
            Clear the filters
          </button>
        }
      >
        Take one away, or choose a longer range.
      </EmptyNotice>
    );
  }
  if (audience === 'bots') {
    return (
      <EmptyNotice title="No views by bots in this range">
        {bots.mode === 'apart'
          ? 'Views by crawlers and driven browsers are kept apart from those of visitors, and shown here.'
          : 'This app counts bots as visitors, so their views are among those of visitors.'}
      </EmptyNotice>
    );
  }
  if (audience === 'admin') {
    return (
      <EmptyNotice title="The admin was not measured in this range">
        Its own pages are where <code>withRum</code> names their path:{' '}
        <code>{"apps: { '/admin/rum': 'default-admin' }"}</code>, with the id of your app before{' '}
        <code>-admin</code>.
      </EmptyNotice>
    );
  }
  if (bots.views > 0) {
    return (
      <EmptyNotice
        title="No visits in this range"
        action={
          <button type="button" className="rum-button" onClick={onShowBots}>
            Show them
          </button>
        }
      >
        <KeptApart views={bots.views} />.
      </EmptyNotice>
    );
  }
  return (
    <EmptyNotice title="No views in this range yet">
      Open your app in another tab and click around: the first view is here within seconds. Or choose a longer
      range. If none comes: <code>next.config</code> has to be wrapped in <code>withRum()</code>, and before
      Next 16.3 <code>instrumentation-client.ts</code> has to export <code>@rumkit/next-rum/client</code>.
    </EmptyNotice>
  );
}
