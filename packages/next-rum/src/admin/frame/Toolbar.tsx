import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { type Audience, COMPARISONS, type Comparison } from '../../server/question.js';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { PauseIcon } from '../icons.js';
import { useLiveStream } from '../live/useLiveStream.js';
import { liveQuery } from '../queries.js';
import { Segmented } from '../Segmented.js';
import { SavedViews } from '../saved/SavedViews.js';
import { ZONES, type Zone } from '../timeFormat.js';
import { Choice } from './Choice.js';
import { FilterBar } from './FilterBar.js';
import { RangePicker } from './RangePicker.js';
import './Toolbar.css';

const AUDIENCE_OPTIONS = [
  { value: 'visitors', label: 'Visitors' },
  { value: 'bots', label: 'Bots' },
] as const satisfies readonly { value: Audience; label: string }[];

/** Only where one came to it, from the settings or by a link: most never ask. */
const ADMIN_OPTION = { value: 'admin', label: 'Admin' } as const;

const COMPARISON_LABELS: { readonly [comparison in Comparison]: string } = {
  none: 'No comparison',
  previous: 'vs. the time before',
  week: 'vs. a week earlier',
};

const ZONE_LABELS: { readonly [zone in Zone]: string } = { local: 'Local time', utc: 'UTC' };

/** Everything that applies to all that is shown: which time, whose views, and which of them. */
export function Toolbar(): ReactElement {
  const { state, ask, change } = useAddress();
  const { compare, audience } = state.question;
  return (
    <section className="rum-toolbar" aria-label="What is shown">
      <div className="rum-toolbar-row">
        <RangePicker />
        <Choice
          label="Compare"
          options={COMPARISONS.map((value) => ({ value, label: COMPARISON_LABELS[value] }))}
          value={compare}
          onChange={(next) => ask({ compare: next })}
        />
        <Segmented
          legend="Whose views"
          options={audience === 'admin' ? [...AUDIENCE_OPTIONS, ADMIN_OPTION] : AUDIENCE_OPTIONS}
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
