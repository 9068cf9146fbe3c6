import { useEffect, useRef } from 'react';
import { useAddress } from '../address/Address.js';
import { PLACES } from './places.js';

/** How long after `g` the key that says where to is waited for, ms. */
const SECOND_KEY = 1500;

/** The keys that work anywhere but in a field: `/`, `?`, and `g` with the initial of a page. */
export function useShortcuts(onHelp: () => void): void {
  const { hrefTo, goTo } = useAddress();
  const goPressedAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event)) return;
      const goes = event.timeStamp - goPressedAt.current < SECOND_KEY;
      goPressedAt.current = Number.NEGATIVE_INFINITY;
      const place = goes ? PLACES.find(({ key }) => key === event.key) : undefined;
      if (place !== undefined) goTo(hrefTo(place.page));
      else if (event.key === 'g') goPressedAt.current = event.timeStamp;
      else if (event.key === '/') document.querySelector<HTMLElement>('.rum-filter-add')?.click();
      else if (event.key === '?') onHelp();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [hrefTo, goTo, onHelp]);
}

function isTyping({ target }: KeyboardEvent): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest(
      'input:not([type=radio], [type=checkbox]), select, textarea, [contenteditable], dialog',
    ) !== null
  );
}
