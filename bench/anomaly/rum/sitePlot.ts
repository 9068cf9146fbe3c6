import { createSiteWatcher } from '../../../packages/next-rum/src/analysis/detectors/createSiteWatcher.js';
import { segmentKey } from '../../../packages/next-rum/src/analysis/detectors/segment.js';
import type { Incident } from '../../../packages/next-rum/src/analysis/detectors/siteWatcher.js';
import { histogramPercentile } from '../../../packages/next-rum/src/analysis/logHistogram.js';
import { generateSite } from './generateSite.js';
import type { SitePlan } from './sitePlan.js';

const WIDTH = 760;
const HEIGHT = 190;
const LEFT = 58;
const TOP = 24;
const BOTTOM = 22;
const RIGHT = 8;
const DAY = 86_400_000;
const P75 = 0.75;

interface Point {
  readonly t: number;
  /** Null where there were no views. */
  readonly value: number | null;
}

/** An SVG of what happened where a site's fault was: by the hour, when it began, when it was noticed and when it was over. */
export function plotSite(
  plan: SitePlan,
  title: string,
  days: readonly [before: number, after: number],
): string {
  const { fault } = plan;
  if (fault === null) throw new RangeError('There is nothing to see on a site without a fault');
  const [from, to] = [fault.from - days[0] * DAY, fault.from + days[1] * DAY];
  const watcher = createSiteWatcher({ timeZone: plan.timeZone, step: plan.step, metrics: ['lcp', 'inp'] });
  const points: Point[] = [];
  const opened: Incident[] = [];
  const ends: number[] = [];
  const key = segmentKey(fault.where);
  for (const bucket of generateSite(plan)) {
    if (bucket.t >= to) break;
    const news = watcher.push(bucket);
    opened.push(...news.opened.filter(({ openedAt }) => openedAt > from));
    ends.push(...news.resolved.filter(({ openedAt }) => openedAt > from).map(() => bucket.t + plan.step));
    if (bucket.t < from) continue;
    const segment = bucket.segments.find((each) => each.key === key);
    const histogram = segment?.vitals[fault.metric];
    const value =
      fault.metric === 'traffic'
        ? (segment?.views ?? 0)
        : fault.metric === 'errors'
          ? segment && segment.errorViews / segment.views
          : histogram && histogramPercentile(histogram, P75);
    points.push({ t: bucket.t, value: value ?? null });
  }
  return draw({
    points,
    opened,
    ends,
    begins: fault.from,
    title,
    isShare: fault.metric === 'errors',
    from,
    to,
  });
}

interface Drawing {
  readonly points: readonly Point[];
  readonly opened: readonly Incident[];
  readonly ends: readonly number[];
  readonly begins: number;
  readonly title: string;
  readonly isShare: boolean;
  readonly from: number;
  readonly to: number;
}

function draw({ points, opened, ends, begins, title, isShare, from, to }: Drawing): string {
  const top = 1.05 * Math.max(...points.map(({ value }) => value ?? 0));
  const x = (t: number): string => (LEFT + ((t - from) / (to - from)) * (WIDTH - LEFT - RIGHT)).toFixed(1);
  const y = (value: number): string => (HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM)).toFixed(1);
  let isDrawn = false;
  let path = '';
  for (const { t, value } of points) {
    if (value !== null) path += `${isDrawn ? 'L' : 'M'}${x(t)} ${y(value)}`;
    isDrawn = value !== null;
  }
  const label = (value: number): string =>
    isShare ? `${(100 * value).toFixed(0)} %` : String(Number(value.toPrecision(2)));
  const line = (t: number, kind: string): string =>
    `<path class="${kind}" d="M${x(t)} ${TOP}V${HEIGHT - BOTTOM}"/>`;
  const dates = points.filter(({ t }) => t % DAY === 0);
  const every = Math.ceil(dates.length / 12);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">
<style>
.ground{fill:#fff}text{font:11px system-ui,sans-serif;fill:#59636e}path{fill:none}.values{stroke:#0b57d0;stroke-width:1.2}
.begins{stroke:#9a6700;stroke-dasharray:4 3}.opened{stroke:#cf222e;stroke-width:2}.over{stroke:#1a7f37;stroke-width:2;stroke-dasharray:1 3}
@media(prefers-color-scheme:dark){.ground{fill:#0d1117}text{fill:#9198a1}.values{stroke:#6ea8fe}.begins{stroke:#d29922}.opened{stroke:#ff7b72}.over{stroke:#3fb950}}
</style>
<rect class="ground" width="${WIDTH}" height="${HEIGHT}"/>
<text x="${LEFT}" y="15">${title}</text>
${[0, top / 2, top].map((value) => `<text x="${LEFT - 6}" y="${Number(y(value)) + 4}" text-anchor="end">${label(value)}</text>`).join('\n')}
${dates
  .filter((_, place) => place % every === 0)
  .map(({ t }) => `<text x="${x(t)}" y="${HEIGHT - 6}">${new Date(t).toISOString().slice(5, 10)}</text>`)
  .join('\n')}
<path class="values" d="${path}"/>
${line(begins, 'begins')}
${opened.map(({ openedAt }) => line(openedAt, 'opened')).join('\n')}
${ends.map((end) => line(end, 'over')).join('\n')}
</svg>
`;
}
