import { type ReactElement, useMemo, useState } from 'react';
import type { SessionResponse } from '../../../server/api.js';
import { ChartTable } from '../../charts/ChartTable.js';
import { formatCount, NO_VALUE } from '../../format.js';
import { Panel } from '../../Panel.js';
import { formatSpan } from '../seenWords.js';
import { ItemDetail } from './ItemDetail.js';
import { TimelineChart, type Window } from './TimelineChart.js';
import { formatOffset, LANES, type TimelineItem, timelineItems } from './timelineItems.js';

/** Shortest span that is looked at, ms. */
const SHORTEST = 50;

/** What happened in a session: on an axis, as a table, and what is chosen of it in full. */
export function TimelinePanel({ session }: { readonly session: SessionResponse }): ReactElement {
  const items = useMemo(() => timelineItems(session), [session]);
  const whole = useMemo((): Window => {
    const end = items.reduce((latest, { to }) => Math.max(latest, to), 0);
    return { from: 0, to: Math.max(end * 1.01, 1000) };
  }, [items]);
  const [chosen, setChosen] = useState<Window | null>(null);
  const [selected, setSelected] = useState<string | null>(null);
  const shown = chosen ?? whole;
  const item = items.find(({ id }) => id === selected);
  const length = shown.to - shown.from;

  const look = (from: number, span: number): void => {
    const wanted = Math.min(Math.max(span, SHORTEST), whole.to);
    const begin = Math.min(Math.max(from, 0), whole.to - wanted);
    setChosen(wanted === whole.to ? null : { from: begin, to: begin + wanted });
  };
  const zoom = (factor: number): void => {
    const centre = item !== undefined && isWithin(item, shown) ? item.from : shown.from + length / 2;
    look(centre - ((centre - shown.from) / length) * length * factor, length * factor);
  };
  const select = (id: string): void => {
    setSelected(id);
    const next = items.find((each) => each.id === id);
    if (next !== undefined && !isWithin(next, shown)) look(next.from - length / 2, length);
  };
  return (
    <Panel
      title="Timeline"
      className="rum-timeline-panel"
      aside={
        <fieldset className="rum-timeline-tools">
          <legend className="rum-sr-only">Part that is shown</legend>
          <span className="rum-muted">
            {formatOffset(Math.round(shown.from))} – {formatOffset(Math.round(shown.to))}
          </span>
          {(
            [
              ['Earlier', '←', () => look(shown.from - length / 2, length), shown.from <= 0],
              ['Later', '→', () => look(shown.from + length / 2, length), shown.to >= whole.to],
              ['Zoom in', '+', () => zoom(0.5), length <= SHORTEST],
              ['Zoom out', '−', () => zoom(2), chosen === null],
              ['Whole session', 'All', () => setChosen(null), chosen === null],
            ] as const
          ).map(([name, sign, act, disabled]) => (
            <button
              key={name}
              type="button"
              className="rum-button"
              title={name}
              disabled={disabled}
              onClick={act}
            >
              <span aria-hidden="true">{sign}</span>
              <span className="rum-sr-only">{name}</span>
            </button>
          ))}
        </fieldset>
      }
    >
      <TimelineChart items={items} window={shown} selected={selected} onSelect={select} onZoom={zoom} />
      <section className="rum-timeline-detail" aria-label="What is chosen" aria-live="polite">
        {item === undefined ? (
          <p className="rum-muted">
            Choose something above to read what is known of it: by pointer, or with the arrow keys once the
            chart has the focus. + and − zoom.
          </p>
        ) : (
          <ItemDetail item={item} onShowView={(from, to) => look(from, Math.max(to - from, 200) * 1.05)} />
        )}
      </section>
      <ChartTable
        label="What happened, as a table"
        head={['No.', 'After', 'Kind', 'What', 'How', 'Took', 'Page']}
        rows={() => items.map(toCells)}
      />
    </Panel>
  );
}

function isWithin({ from, to }: TimelineItem, shown: Window): boolean {
  return from <= shown.to && to >= shown.from;
}

function toCells(item: TimelineItem, index: number): readonly string[] {
  return [
    formatCount(index + 1),
    formatOffset(Math.round(item.from)),
    LANES.find(({ name }) => name === item.lane)?.label ?? '',
    item.label.slice(0, 300),
    item.note.slice(0, 300),
    item.to > item.from ? formatSpan(Math.round(item.to - item.from)) : NO_VALUE,
    item.view?.route ?? NO_VALUE,
  ];
}
