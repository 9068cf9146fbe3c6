import { type ReactElement, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import './Popover.css';

export interface PopoverProps {
  /** Ties the panel to its button: the part of a CSS anchor name that tells it from others. */
  readonly name: 'range' | 'filter' | 'columns' | 'moreColumns' | 'views' | 'note' | 'share';
  readonly label: string;
  readonly button: ReactNode;
  readonly buttonClass?: string;
  readonly pressed?: boolean;
  /** Rendered anew each time it opens. */
  readonly children: (close: () => void) => ReactNode;
}

/** A button with a panel of its own. The browser closes it on Escape and on a click elsewhere, and gives the focus back. */
export function Popover({
  name,
  label,
  button,
  buttonClass = 'rum-button',
  pressed = false,
  children,
}: PopoverProps): ReactElement {
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  // React 18 knows neither the attribute nor the event.
  useEffect(() => {
    const element = panel.current;
    trigger.current?.setAttribute('popovertarget', id);
    const follow = (event: Event): void => setOpen((event as ToggleEvent).newState === 'open');
    element?.addEventListener('beforetoggle', follow);
    return () => element?.removeEventListener('beforetoggle', follow);
  }, [id]);
  useEffect(() => {
    if (open) panel.current?.querySelector<HTMLElement>('input, select, button, a')?.focus();
  }, [open]);
  const close = (): void => {
    panel.current?.hidePopover();
    trigger.current?.focus();
  };
  return (
    <>
      <button
        ref={trigger}
        type="button"
        className={buttonClass}
        data-popover={name}
        data-pressed={pressed || undefined}
        aria-haspopup="dialog"
        aria-expanded={open}
      >
        {button}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        className="rum-popover"
        data-popover={name}
      >
        {open ? children(close) : null}
      </div>
    </>
  );
}
