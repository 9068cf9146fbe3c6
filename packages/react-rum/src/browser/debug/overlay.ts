import type { VitalName } from '../../protocol/index.js';
import type { Stop } from '../collector.js';
import { element, iconButton, setText } from './element.js';
import { formatVital } from './format.js';
import { OVERLAY_STYLES } from './overlayStyles.js';
import { rate } from './ratings.js';
import type { Snapshot } from './snapshot.js';

/** How often the overlay looks at the numbers, in ms. */
const REFRESH_MS = 500;
const CORNERS = ['bottom-right', 'bottom-left', 'top-left', 'top-right'] as const;
const VITALS = ['lcp', 'inp', 'cls', 'fcp', 'ttfb'] as const satisfies readonly VitalName[];
/** Core Web Vitals: what is left when the overlay is collapsed. */
const CORE = VITALS.slice(0, 3);

type Show = (now: Snapshot) => void;

/**
 * Puts a small overlay into a corner of the page, in a shadow root of its own. It leaves no trace in what is recorded: its
 * clicks are marked to be ignored, and what changes inside a shadow root is no activity of the page.
 *
 * @returns Removes it.
 */
export function showOverlay(take: () => Snapshot): Stop {
  const host = element('div', { 'data-rum-ignore': '' });
  // Closed: for the page's listeners what is clicked is the host.
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(OVERLAY_STYLES);
  root.adoptedStyleSheets = [sheet];

  let corner = 0;
  const shows: Show[] = [];
  const body = element('div', { class: 'body', id: 'body' }, ...bodyOf(shows));
  const place = element('span', { class: 'place' });
  shows.push(({ route }) => setText(place, route ?? '—'));
  const shorts = CORE.map((name) => shortVital(name, shows));
  const toggle = element(
    'button',
    { type: 'button', class: 'toggle', 'aria-controls': 'body' },
    element('span', { class: 'badge' }, 'RUM'),
    ...shorts,
    place,
  );
  const move = iconButton('Move to the next corner', 'M3 6h10l-3-3M13 10H3l3 3', () => {
    corner = (corner + 1) % CORNERS.length;
    panel.dataset.corner = CORNERS[corner] ?? CORNERS[0];
  });
  const dismiss = iconButton('Close until the next load', 'M4 4l8 8M12 4l-8 8', close);
  const panel = element(
    'aside',
    { 'aria-label': 'RUM debug', 'data-corner': CORNERS[0] },
    element('header', {}, toggle, move, dismiss),
    body,
  );

  function open(isOpen: boolean): void {
    panel.toggleAttribute('data-open', isOpen);
    toggle.setAttribute('aria-expanded', `${isOpen}`);
    toggle.setAttribute('aria-label', isOpen ? 'RUM debug, collapse' : 'RUM debug, expand');
    body.hidden = place.hidden = move.hidden = dismiss.hidden = !isOpen;
    for (const short of shorts) short.hidden = isOpen;
    refresh();
  }
  function refresh(): void {
    const now = take();
    for (const show of shows) show(now);
  }
  function close(): void {
    clearInterval(timer);
    host.remove();
  }

  toggle.addEventListener('click', () => open(!panel.hasAttribute('data-open')));
  panel.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    if (panel.hasAttribute('data-open')) {
      open(false);
      toggle.focus();
    } else {
      close();
    }
  });
  const timer = setInterval(() => {
    if (!document.hidden) refresh();
  }, REFRESH_MS);
  open(false);
  root.append(panel);
  document.documentElement.append(host);
  return close;
}

/** Name, mark and value of a vital, for the collapsed overlay. */
function shortVital(name: VitalName, shows: Show[]): HTMLElement {
  const value = element('span');
  const short = element('span', { class: 'short', title: name.toUpperCase() }, mark(), value);
  shows.push(({ vitals }) => {
    const measured = vitals[name];
    setText(value, measured === undefined ? `${name.toUpperCase()} –` : formatVital(name, measured));
    setRating(short, name, measured);
  });
  return short;
}

function bodyOf(shows: Show[]): HTMLElement[] {
  const of = element('p', { class: 'of' });
  const note = element('p', { class: 'note' });
  shows.push(({ vitalsOf, note: text }) => {
    of.hidden = vitalsOf === undefined;
    setText(of, `Vitals of the load, ${vitalsOf}`);
    note.hidden = text === undefined;
    setText(note, text ?? '');
  });
  return [
    note,
    element('dl', { class: 'vitals' }, ...VITALS.map((name) => vitalTile(name, shows))),
    of,
    element(
      'dl',
      { class: 'facts' },
      ...fact('Path', shows, ({ path }) => path),
      ...fact('Session', shows, ({ sessionId }) => sessionId ?? '—', 'id'),
      ...fact('View', shows, ({ viewId }) => viewId ?? '—', 'id'),
      ...fact('In this view', shows, ({ counts }) => list(counts) || 'nothing yet'),
      ...fact('Queue', shows, ({ waiting, settled }) => `${waiting} waiting · ${settled} batches settled`),
      ...fact('Last answer', shows, ({ lastAnswer }) => lastAnswer ?? '—'),
      ...fact('Lost', shows, ({ losses }) => list(losses) || 'nothing'),
      ...fact('beforeSend', shows, ({ dropped }) => `${dropped} dropped`),
    ),
  ];
}

function vitalTile(name: VitalName, shows: Show[]): HTMLElement {
  const value = element('div', { class: 'value' });
  const rating = element('span');
  const tile = element(
    'div',
    { class: 'vital' },
    element('dt', {}, name.toUpperCase()),
    element('dd', {}, value, element('div', { class: 'rating' }, mark(), rating)),
  );
  shows.push(({ vitals }) => {
    const measured = vitals[name];
    setText(value, measured === undefined ? '–' : formatVital(name, measured));
    setText(rating, measured === undefined ? 'not yet' : rate(name, measured));
    setRating(tile, name, measured);
  });
  return tile;
}

function fact(label: string, shows: Show[], text: (now: Snapshot) => string, kind = ''): HTMLElement[] {
  const value = element('dd', kind ? { class: kind } : {});
  shows.push((now) => setText(value, text(now)));
  return [element('dt', {}, label), value];
}

/** Its shape tells the rating too, for those who do not tell its colours apart. */
function mark(): HTMLElement {
  return element('span', { class: 'mark', 'aria-hidden': 'true' });
}

function setRating(target: HTMLElement, name: VitalName, value: number | undefined): void {
  if (value === undefined) delete target.dataset.rating;
  else target.dataset.rating = rate(name, value);
}

function list(counts: readonly (readonly [name: string, count: number])[]): string {
  return counts.map(([name, count]) => `${name} ${count}`).join(' · ');
}
