import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { type Audience, COMPARISONS } from '../../server/question.js';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { PauseIcon } from '../icons.js';
import { liveQuery } from '../live/liveQueries.js';
import { useLiveStream } from '../live/useLiveStream.js';
import { Segmented } from '../Segmented.js';
import { SavedViews } from '../saved/SavedViews.js';
import { ZONES, type Zone } from '../timeFormat.js';
import { Choice } from './Choice.js';
import { compares } from './compares.js';
import { FilterBar } from './FilterBar.js';
import { AUDIENCE_LABELS, COMPARISON_LABELS } from './questionWords.js';
import { RangePicker } from './RangePicker.js';
import './Toolbar.css';

/** That of the admin only where one came to it, from the settings or by a link: most never ask. */
const AUDIENCES_SHOWN = ['visitors', 'bots'] as const satisfies readonly Audience[];

const NOTHING_COMPARED = 'Nothing on this page is compared with another time';

const ZONE_LABELS: { readonly [zone in Zone]: string } = { local: 'Local time', utc: 'UTC' };

/** Everything that applies to all that is shown: which time, whose views, and which of them. */
export function Toolbar(): ReactElement {
  const { page, state, ask, change } = useAddress();
  const { compare, audience } = state.question;
  const isCompared = compares(page);
  return (
    <section className="rum-toolbar" aria-label="What is shown">
      <div className="rum-toolbar-row">
        <RangePicker />
        <Choice
          label="Compare"
          options={COMPARISONS.map((value) => ({ value, label: COMPARISON_LABELS[value] }))}
          value={isCompared ? compare : 'none'}
          unavailable={isCompared ? undefined : NOTHING_COMPARED}
          onChange={(next) => ask({ compare: next })}
        />
        <Segmented
          legend="Whose views"
          options={[...AUDIENCES_SHOWN, ...(audience === 'admin' ? [audience] : [])].map((value) => ({
            value,
            label: AUDIENCE_LABELS[value],
          }))}
          value={audience}
          onChange={(next) => ask({ audience: next })}
        />
        <span className="rum-toolbar-gap" />
        <Choice
          label="Time zone"
          options={ZONES.map((value) => ({ value, label: ZONE_LABELS[value] }))}
          value={state.zone}
          onChange={(zone) => change({ zone })}
        />
        <LiveSwitch />
      </div>
      <div className="rum-toolbar-row">
        <FilterBar />
        <SavedViews />
      </div>
    </section>
  );
}

/** Whether figures keep coming, and the switch for it. */
function LiveSwitch(): ReactElement {
  const { state, change } = useAddress();
  useLiveStream();
  // Asking for others is no new connection.
  const { status } = useQuery({ ...liveQuery(useApi(), state), placeholderData: keepPreviousData });
  const words = state.paused
    ? 'Paused'
    : ({ error: 'Reconnecting', pending: 'Connecting', success: 'Live' } as const)[status];
  // The first moment is told by the dot alone: a longer word would move all that is below when it goes.
  const shown = status === 'pending' && !state.paused ? 'Live' : words;
  return (
    <>
      <span className="rum-sr-only" role="status">
        {words}
      </span>
      <button
        type="button"
        className="rum-quiet rum-connection"
        data-status={state.paused ? 'paused' : status}
        title={state.paused ? 'Let figures come again' : 'Keep figures as they are'}
        aria-label={`${words} – ${state.paused ? 'resume' : 'pause'}`}
        onClick={() => change({ paused: !state.paused })}
      >
        {state.paused ? <PauseIcon /> : null}
        {shown}
      </button>
    </>
  );
}
