import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useAddress } from '../address/Address.js';
import { ChartTable } from '../charts/ChartTable.js';
import { formatCount, NO_VALUE } from '../format.js';
import { ChartBox, Panel } from '../Panel.js';
import { Skeleton } from '../Skeleton.js';
import type { Live } from './liveQueries.js';

const SECOND = 1000;
const MINUTE = 60_000;
const SECONDS = 1800;
/** Of the drawing, in its own units. */
const HEIGHT = 100;

/** How many are there now, and when their views began, to the second. */
export function NowPanel({ query }: { readonly query: UseQueryResult<Live> }): ReactElement {
  const { time } = useAddress();
  const live = query.data;
  const failed = query.isError && live === undefined;
  return (
    <Panel title="Now" className="rum-traffic rum-now" aside="Last 30 minutes, by second">
      <dl className="rum-totals" data-columns="3">
        {FACTS.map(([label, tell]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              {live !== undefined ? formatCount(tell(live)) : failed ? NO_VALUE : <Skeleton size="s" />}
            </dd>
          </div>
        ))}
      </dl>
      <ChartBox className="rum-seconds-box" query={query} failure="Who is there could not be loaded">
        {(given) => <Seconds live={given} />}
      </ChartBox>
      <ChartTable
        label="Views by minute, as a table"
        head={[`Time (${time.zoneName})`, 'Views']}
        rows={() =>
          minutesOf(live?.seconds ?? []).map(([t, views]) => [time.span(t, t + MINUTE), formatCount(views)])
        }
      />
    </Panel>
  );
}

const FACTS: readonly (readonly [label: string, tell: (live: Live) => number])[] = [
  ['Visitors', ({ visitors }) => visitors],
  ['Views', ({ seconds }) => sumOf(seconds)],
  ['Views in the last minute', ({ seconds, now }) => sumOf(seconds.filter(([t]) => t > now - MINUTE))],
];

type SecondsCounted = Live['seconds'];

function sumOf(seconds: SecondsCounted): number {
  return seconds.reduce((sum, [, views]) => sum + views, 0);
}

function minutesOf(seconds: SecondsCounted): readonly (readonly [t: number, views: number])[] {
  const minutes = new Map<number, number>();
  for (const [t, views] of seconds) {
    const minute = t - (t % MINUTE);
    minutes.set(minute, (minutes.get(minute) ?? 0) + views);
  }
  return [...minutes];
}

function Seconds({ live }: { readonly live: Live }): ReactElement {
  const most = Math.max(1, ...live.seconds.map(([, views]) => views));
  const first = Math.floor(live.now / SECOND) - SECONDS + 1;
  const bars = live.seconds.map(([t, views]) => {
    const x = t / SECOND - first + 0.5;
    return `M${x} ${HEIGHT}V${HEIGHT - (views / most) * HEIGHT}`;
  });
  const words = `${formatCount(sumOf(live.seconds))} views in 30 minutes, at most ${formatCount(most)} a second`;
  return (
    <figure className="rum-seconds">
      <svg viewBox={`0 0 ${SECONDS} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={words}>
        <title>{words}</title>
        <path d={bars.join('')} vectorEffect="non-scaling-stroke" />
      </svg>
      <figcaption>
        <span>30 min ago</span>
        <span>20</span>
        <span>10</span>
        <span>now</span>
      </figcaption>
    </figure>
  );
}
