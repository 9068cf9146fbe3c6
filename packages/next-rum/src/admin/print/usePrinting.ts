import { useSyncExternalStore } from 'react';

/** Whether the page is being printed. What is drawn at the change is on the paper, what has to be asked for comes too late. */
export function usePrinting(): boolean {
  return useSyncExternalStore(subscribe, isPrinting, () => false);
}

// Firefox tells by events alone, and Chromium tells of an imitated printer by the medium alone.
let announced = false;

function subscribe(changed: () => void): () => void {
  const announce = ({ type }: Event): void => {
    announced = type === 'beforeprint';
    changed();
  };
  const medium = printMedium();
  window.addEventListener('beforeprint', announce);
  window.addEventListener('afterprint', announce);
  medium?.addEventListener('change', changed);
  return () => {
    window.removeEventListener('beforeprint', announce);
    window.removeEventListener('afterprint', announce);
    medium?.removeEventListener('change', changed);
  };
}

function isPrinting(): boolean {
  return announced || printMedium()?.matches === true;
}

function printMedium(): MediaQueryList | null {
  return typeof window.matchMedia === 'function' ? window.matchMedia('print') : null;
}
