import { type KeyboardEvent, type ReactElement, useId, useMemo } from 'react';
import { axisTicks, formatOffset, LANES, packRows, type TimelineItem } from './timelineItems.js';
import { useWidth } from './useWidth.js';
import './Timeline.css';

/** A span of the session that is looked at, ms since its beginning. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

interface TimelineChartProps {
  readonly items: readonly TimelineItem[];
  readonly window: Window;
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
  /** @param factor Less than 1: a shorter span. */
  readonly onZoom: (factor: number) => void;
}

const AXIS = 24;
const HEAD = 16;
const GAP = 8;
const ROW = 12;
const VIEW_ROW = 22;
const MAX_ROWS = 10;
/** Least width of a bar, and room that it is given, px. */
const LEAST = 3;
const ROOM = 9;

/** Everything of a session on one time axis: a lane a kind, in each what happens at once below each other. */
export function TimelineChart(props: TimelineChartProps): ReactElement {
  const { items, window: shown, selected, onSelect, onZoom } = props;
  const id = useId();
  const [box, width] = useWidth<HTMLDivElement>();
  const scale = width / (shown.to - shown.from);
  const lanes = useMemo(() => layOut(items, shown, ROOM / scale), [items, shown, scale]);
  const within = lanes.flatMap((lane) => lane.items).sort((a, b) => a.from - b.from || a.to - b.to);
  const height = AXIS + lanes.reduce((sum, lane) => sum + lane.height, 0);
  const press = (event: KeyboardEvent): void => {
    const place = within.findIndex((item) => item.id === selected);
    const next = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: within.length - 1 }[event.key];
    if (next !== undefined) {
      const item = within[Math.max(0, Math.min(next, within.length - 1))];
      if (item !== undefined) onSelect(item.id);
    } else if (event.key === '+') onZoom(0.5);
    else if (event.key === '-') onZoom(2);
    else return;
    event.preventDefault();
  };
  const x = (time: number): number => (time - shown.from) * scale;
  return (
    <div
      ref={box}
      className="rum-timeline"
      role="listbox"
      tabIndex={0}
      aria-label="What happened, by time"
      aria-activedescendant={within.some((item) => item.id === selected) ? `${id}-${selected}` : undefined}
      onKeyDown={press}
    >
      <svg width={width} height={height} role="presentation">
        <svg className="rum-timeline-axis" width={width} height={height} aria-hidden="true">
          {axisTicks(shown.from, shown.to, Math.max(width / 90, 2)).map((tick) => (
            <g key={tick}>
              <line x1={x(tick)} x2={x(tick)} y1={AXIS - 4} y2={height} />
              <text x={Math.min(x(tick) + 3, width - 44)} y={AXIS - 10}>
                {formatOffset(tick)}
              </text>
            </g>
          ))}
          {lanes.map(({ name, label, top, hidden }) => (
            <text key={name} className="rum-timeline-lane" x={2} y={top + 11}>
              {label}
              {hidden > 0 ? ` · ${hidden} outside of this time` : ''}
            </text>
          ))}
        </svg>
        {lanes.flatMap(({ label, top, items: own, rowHeight }) =>
          own.map((item) => {
            const words = `${formatOffset(item.from)} ${label}: ${item.label.slice(0, 200)}, ${item.note.slice(0, 100)}`;
            return (
              <g
                key={item.id}
                id={`${id}-${item.id}`}
                role="option"
                aria-selected={item.id === selected}
                aria-label={words}
                className="rum-timeline-item"
                data-lane={item.lane}
                data-tone={item.tone}
                onClick={() => onSelect(item.id)}
              >
                <title>{words}</title>
                <Mark
                  item={item}
                  x={x(item.from)}
                  end={x(item.to)}
                  y={top + HEAD + item.row * rowHeight}
                  height={rowHeight - 3}
                  width={width}
                />
              </g>
            );
          }),
        )}
      </svg>
    </div>
  );
}

interface MarkProps {
  readonly item: TimelineItem;
  readonly x: number;
  readonly end: number;
  readonly y: number;
  readonly height: number;
  /** Of all. */
  readonly width: number;
}

function Mark({ item, x, end, y, height, width }: MarkProps): ReactElement {
  const middle = y + height / 2;
  if (item.lane === 'vital' || item.lane === 'error' || item.lane === 'custom') {
    return <path d={shapeOf(item, Math.min(Math.max(x, 5), width - 5), middle)} />;
  }
  const [from, to] = [Math.max(x, 0), Math.min(end, width)];
  const length = Math.max(to - from, LEAST);
  return (
    <>
      <rect x={Math.min(from, width - LEAST)} y={y} width={length} height={height} rx={2} />
      {item.tone === 'poor' ? <path className="rum-timeline-flag" d={`M${from},${y - 1}l5,0l-5,6z`} /> : null}
      {item.lane === 'view' && length > 30 ? (
        <svg x={from} y={y} width={length - 4} height={height} aria-hidden="true">
          <text x={5} y={height / 2 + 4}>
            {item.label.slice(0, 200)}
          </text>
        </svg>
      ) : null}
    </>
  );
}

/** Ratings have their shapes: a disc is good, a triangle needs improvement, a square on its point is poor, as errors are. */
function shapeOf({ tone, lane }: TimelineItem, x: number, y: number): string {
  if (lane === 'custom') return `M${x - 3},${y - 4}h6v8h-6z`;
  switch (tone) {
    case 'needsImprovement':
      return `M${x},${y - 5}l5,9h-10z`;
    case 'poor':
      return `M${x},${y - 5.5}l5.5,5.5l-5.5,5.5l-5.5,-5.5z`;
    default:
      return `M${x - 4.5},${y}a4.5,4.5 0 1 0 9,0a4.5,4.5 0 1 0 -9,0z`;
  }
}

function layOut(items: readonly TimelineItem[], { from, to }: Window, least: number) {
  let top = AXIS;
  return LANES.flatMap(({ name, label }) => {
    const all = items.filter(({ lane }) => lane === name);
    if (all.length === 0) return [];
    const shown = all.filter((item) => item.from <= to && item.to >= from);
    const packed = packRows(shown, MAX_ROWS, least);
    const rowHeight = name === 'view' ? VIEW_ROW : ROW;
    const rows = Math.max(1, ...packed.map(({ row }) => row + 1));
    const height = HEAD + rows * rowHeight + GAP;
    const lane = { name, label, top, height, rowHeight, items: packed, hidden: all.length - shown.length };
    top += height;
    return [lane];
  });
}
