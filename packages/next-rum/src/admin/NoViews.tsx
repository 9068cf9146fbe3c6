import type { ReactElement } from 'react';
import type { Audience, OverviewResponse } from '../server/api.js';
import { KeptApart } from './KeptApart.js';
import { EmptyNotice } from './Notice.js';

interface NoViewsProps {
  readonly audience: Audience;
  readonly bots: OverviewResponse['bots'];
  readonly onShowBots: () => void;
}

/** Why a range has no views. Whoever tries things out with a driven browser finds its views among those of bots. */
export function NoViews({ audience, bots, onShowBots }: NoViewsProps): ReactElement {
  if (audience === 'bots') {
    return (
      <EmptyNotice title="No views by bots in this range">
        {bots.mode === 'apart'
          ? 'Views by crawlers and driven browsers are kept apart from those of visitors, and shown here.'
          : 'This app counts bots as visitors, so their views are among those of visitors.'}
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
      range.
    </EmptyNotice>
  );
}
