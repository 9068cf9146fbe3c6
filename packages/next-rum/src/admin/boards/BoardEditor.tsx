import { type DragEvent, type ReactElement, useState } from 'react';
import type { BoardPanel } from '../../server/api.js';
import { MAX_PANELS, PANEL_WIDTHS } from '../../server/board.js';
import { Choice } from '../frame/Choice.js';
import { ArrowIcon, CloseIcon } from '../icons.js';
import { type Direction, movedTo, movePanel } from './arrange.js';
import { PanelForm } from './PanelForm.js';
import { CHART_LABELS, panelTitle } from './panelWords.js';

const DIRECTIONS: readonly Direction[] = ['left', 'right', 'up', 'down'];
const WIDTH_LABELS = { 1: 'Narrow', 2: 'Wide', 3: 'Full width' } as const;

interface BoardEditorProps {
  readonly panels: readonly BoardPanel[];
  readonly onChange: (panels: readonly BoardPanel[]) => void;
}

/** The panels of a board as they are arranged: by drag, or by buttons that say what they did. */
export function BoardEditor({ panels, onChange }: BoardEditorProps): ReactElement {
  const [said, setSaid] = useState('');
  const [open, setOpen] = useState<string | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const arrange = (moved: readonly BoardPanel[], panel: BoardPanel): void => {
    onChange(moved);
    const place = moved.findIndex(({ id }) => id === panel.id) + 1;
    setSaid(`${panelTitle(panel)}: place ${place} of ${moved.length}`);
  };
  const change = (id: string, part: Partial<BoardPanel>): void =>
    onChange(panels.map((panel) => (panel.id === id ? { ...panel, ...part } : panel)));
  const drop = (to: number): void => {
    const from = panels.findIndex(({ id }) => id === dragged);
    const panel = panels[from];
    if (panel !== undefined && from !== to) arrange(movedTo(panels, from, to), panel);
    setDragged(null);
  };
  const add = (): void => {
    const id = newPanelId();
    const usual = {
      title: '',
      metric: 'views',
      dimension: null,
      chart: 'line',
      width: 1,
      filters: [],
    } as const;
    onChange([...panels, { ...usual, id }]);
    setOpen(id);
    setSaid(`A panel was added at place ${panels.length + 1}`);
  };
  return (
    <>
      <p className="rum-sr-only" role="status">
        {said}
      </p>
      <ul className="rum-board" aria-label="Panels">
        {panels.map((panel, index) => (
          <li
            key={panel.id}
            className={`rum-panel rum-board-panel rum-board-edited rum-board-width-${panel.width}`}
            data-dragged={panel.id === dragged || undefined}
            onDragOver={(event: DragEvent) => {
              if (dragged !== null) event.preventDefault();
            }}
            onDrop={(event: DragEvent) => {
              event.preventDefault();
              drop(index);
            }}
          >
            {/* biome-ignore lint/a11y/noStaticElementInteractions: the buttons below do the same by keyboard */}
            <div
              className="rum-board-handle"
              draggable
              title="Drag to another place"
              onDragStart={(event: DragEvent) => {
                event.dataTransfer.effectAllowed = 'move';
                event.dataTransfer.setData('text/plain', panel.id);
                setDragged(panel.id);
              }}
              onDragEnd={() => setDragged(null)}
            >
              <span aria-hidden="true">⠿</span>
              <h2 className="rum-board-title">{panelTitle(panel)}</h2>
              <span className="rum-muted">{CHART_LABELS[panel.chart]}</span>
            </div>
            <div className="rum-board-tools">
              {DIRECTIONS.map((direction) => {
                const moved = movePanel(panels, panel.id, direction);
                return (
                  <button
                    key={direction}
                    type="button"
                    className="rum-icon-button"
                    data-direction={direction}
                    title={`Move ${direction}`}
                    // Not disabled: the focus would be lost at the end of the way.
                    aria-disabled={moved === panels}
                    onClick={() =>
                      moved === panels
                        ? setSaid(`${panelTitle(panel)} cannot be moved further ${direction}`)
                        : arrange(moved, panel)
                    }
                  >
                    <ArrowIcon />
                    <span className="rum-sr-only">
                      Move {panelTitle(panel)} {direction}
                    </span>
                  </button>
                );
              })}
              <Choice
                label={`Width of ${panelTitle(panel)}`}
                options={PANEL_WIDTHS.map((width) => ({ value: String(width), label: WIDTH_LABELS[width] }))}
                value={String(panel.width)}
                onChange={(text) => {
                  const width = PANEL_WIDTHS.find((known) => String(known) === text);
                  if (width !== undefined) change(panel.id, { width });
                }}
              />
              <button
                type="button"
                className="rum-quiet"
                aria-expanded={open === panel.id}
                onClick={() => setOpen(open === panel.id ? null : panel.id)}
              >
                Change<span className="rum-sr-only"> {panelTitle(panel)}</span>
              </button>
              <button
                type="button"
                className="rum-icon-button"
                title="Remove"
                onClick={() => {
                  onChange(panels.filter(({ id }) => id !== panel.id));
                  setSaid(`${panelTitle(panel)} was removed`);
                }}
              >
                <CloseIcon />
                <span className="rum-sr-only">Remove {panelTitle(panel)}</span>
              </button>
            </div>
            {open === panel.id ? (
              <PanelForm panel={panel} onChange={(part) => change(panel.id, part)} />
            ) : null}
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="rum-button rum-board-add"
        disabled={panels.length >= MAX_PANELS}
        title={panels.length >= MAX_PANELS ? `A board has at most ${MAX_PANELS} panels` : undefined}
        onClick={add}
      >
        Add a panel
      </button>
    </>
  );
}

/** Tells the panels of a board apart. */
function newPanelId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
