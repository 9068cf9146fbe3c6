import { type ReactElement, useEffect, useRef } from 'react';
import { CloseIcon } from '../icons.js';
import { PLACES } from './places.js';
import './Help.css';

const SHORTCUTS: readonly (readonly [keys: readonly string[], does: string])[] = [
  [['/'], 'Add a filter'],
  ...PLACES.map(({ key, label }) => [['g', key], `Go to ${label}`] as const),
  [['?'], 'Show this list'],
  [['Esc'], 'Close what is open'],
];

/** Which keys do what. */
export function Help({ onClose }: { readonly onClose: () => void }): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself
    <dialog
      ref={dialog}
      className="rum-help"
      aria-labelledby="rum-help-title"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
    >
      <div className="rum-help-body">
        <header>
          <h2 id="rum-help-title">Keyboard</h2>
          <button type="button" className="rum-icon-button" onClick={() => dialog.current?.close()}>
            <CloseIcon />
            <span className="rum-sr-only">Close</span>
          </button>
        </header>
        <dl>
          {SHORTCUTS.map(([keys, does]) => (
            <div key={does}>
              <dt>{does}</dt>
              <dd>
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </dialog>
  );
}
