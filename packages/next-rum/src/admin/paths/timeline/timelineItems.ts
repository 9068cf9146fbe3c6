import type { VitalName } from '@rumkit/react-rum/protocol';
import { type Rating, rateVital } from '../../../analysis/rating.js';
import type { SessionResponse } from '../../../server/api.js';
import { formatVital } from '../../format.js';
import { VITALS } from '../../vitals.js';

type View = SessionResponse['viewList'][number];
type Happening = SessionResponse['events'][number];

/** Kinds of things on the time axis, from above. */
export const LANES = [
  { name: 'view', label: 'Views' },
  { name: 'vital', label: 'Vitals' },
  { name: 'action', label: 'Actions' },
  { name: 'resource', label: 'Requests' },
  { name: 'longtask', label: 'Long tasks' },
  { name: 'error', label: 'Errors' },
  { name: 'custom', label: 'Events' },
] as const;
type Lane = (typeof LANES)[number]['name'];

/** Something on the time axis. */
export interface TimelineItem {
  readonly id: string;
  readonly lane: Lane;
  /** What it is called. */
  readonly label: string;
  /** What is wrong with it, or what it is, in a few words. */
  readonly note: string;
  /** ms since the session began. */
  readonly from: number;
  readonly to: number;
  readonly tone: Rating | 'plain';
  readonly view: View | undefined;
  /** Null for a view and its vitals. */
  readonly event: Happening | null;
}

/** Vitals that are a moment of the page's loading; the others are of the view as a whole. */
const MOMENTS: readonly VitalName[] = ['ttfb', 'fcp', 'lcp'];

/** All of a session in the order in which it happened. */
export function timelineItems(session: SessionResponse): readonly TimelineItem[] {
  const { startedAt, viewList, events } = session;
  const views = new Map(viewList.map((view) => [view.id, view]));
  const last = events.reduce((latest, { at, duration }) => Math.max(latest, at + (duration ?? 0)), 0);
  const items = viewList.flatMap((view, index) => {
    // Where the browser did not tell how long it was looked at, it ends where the next begins.
    const next = viewList[index + 1]?.startedAt ?? Math.max(last, view.startedAt);
    const end = view.duration === null ? next : view.startedAt + view.duration;
    return [viewItem(view, startedAt, end), ...vitalItems(view, startedAt)];
  });
  return [...items, ...events.map((event) => eventItem(event, startedAt, views.get(event.viewId)))].sort(
    (a, b) => a.from - b.from || a.to - b.to,
  );
}

function viewItem(view: View, startedAt: number, end: number): TimelineItem {
  const from = view.startedAt - startedAt;
  return {
    id: view.id,
    lane: 'view',
    label: view.route,
    note: view.navigationType,
    from,
    to: Math.max(end - startedAt, from),
    tone: 'plain',
    view,
    event: null,
  };
}

function vitalItems(view: View, startedAt: number): readonly TimelineItem[] {
  return MOMENTS.flatMap((name) => {
    const value = view.vitals[name];
    if (value === null || value === 0) return [];
    const at = view.startedAt - startedAt + value;
    return [
      {
        id: `${view.id}-${name}`,
        lane: 'vital',
        label: `${VITALS.find((vital) => vital.name === name)?.short} ${formatVital(name, value)}`,
        note: view.route,
        from: at,
        to: at,
        tone: rateVital(name, value),
        view,
        event: null,
      },
    ];
  });
}

function eventItem(event: Happening, startedAt: number, view: View | undefined): TimelineItem {
  const from = event.at - startedAt;
  return {
    id: event.id,
    lane: laneOf(event),
    label: event.name,
    from,
    to: from + (event.duration ?? 0),
    view,
    event,
    ...toneOf(event),
  };
}

function laneOf({ type }: Happening): Lane {
  return type === 'action' || type === 'resource' || type === 'longtask' || type === 'error'
    ? type
    : 'custom';
}

function toneOf({ type, data }: Happening): Pick<TimelineItem, 'tone' | 'note'> {
  const text = (field: string): string => (typeof data[field] === 'string' ? data[field] : '');
  switch (type) {
    case 'error':
      return { tone: 'poor', note: text('message') };
    case 'action': {
      const frustrations = Array.isArray(data.frustrations) ? data.frustrations.map(String) : [];
      return frustrations.length > 0
        ? { tone: 'poor', note: `${frustrations.join(' and ')} ${text('kind')}` }
        : { tone: 'plain', note: text('kind') };
    }
    case 'resource': {
      const { status } = data;
      const failure = text('failure');
      const failed = failure !== '' || (typeof status === 'number' && (status >= 400 || status === 0));
      const said = failure || (typeof status === 'number' ? String(status) : text('initiator'));
      return { tone: failed ? 'poor' : 'plain', note: [text('method'), said].filter(Boolean).join(' ') };
    }
    default:
      return { tone: 'plain', note: type === 'flag' ? text('variant') : type };
  }
}

/** Rows of a lane in which nothing overlaps; what finds no room in so many is in the last. */
export function packRows(
  items: readonly TimelineItem[],
  most: number,
  least: number,
): readonly (TimelineItem & { readonly row: number })[] {
  const ends: number[] = [];
  return items.map((item) => {
    const free = ends.findIndex((end) => end <= item.from);
    const row = free === -1 ? Math.min(ends.length, most - 1) : free;
    ends[row] = Math.max(ends[row] ?? 0, item.to, item.from + least);
    return { ...item, row };
  });
}

/** Where lines of the axis are, ms: at most so many, a second, a minute and so on apart. */
export function axisTicks(from: number, to: number, most: number): readonly number[] {
  const step = STEPS.find((each) => (to - from) / each <= most) ?? (STEPS.at(-1) as number);
  const first = Math.ceil(from / step) * step;
  return Array.from(
    { length: Math.max(Math.floor((to - first) / step) + 1, 0) },
    (_, index) => first + index * step,
  );
}

const STEPS: readonly number[] = [
  ...[10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 30].map((seconds) => seconds * 1000),
  ...[1, 2, 5, 10, 30].map((minutes) => minutes * 60_000),
  ...[1, 2, 6, 24].map((hours) => hours * 3_600_000),
];

/** A moment of a session, from ms since its beginning: `0.35 s`, `12.4 s`, `3:05`, `1:02:05`. */
export function formatOffset(ms: number): string {
  if (ms < 60_000)
    return `${(ms / 1000).toFixed(ms < 10_000 && ms % 1000 !== 0 ? 2 : ms % 1000 === 0 ? 0 : 1)} s`;
  const seconds = Math.floor(ms / 1000);
  const pad = (number: number): string => String(number).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
}
