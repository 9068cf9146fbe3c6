import type { VitalName } from '../../protocol/index.js';
import { createElements, type Elements, setText } from './element.js';
import { formatCount, formatMs, formatVital } from './format.js';
import { type Rating, rate } from './ratings.js';
import type { Snapshot } from './snapshot.js';

const VITALS = ['lcp', 'inp', 'cls', 'fcp', 'ttfb'] as const satisfies readonly VitalName[];
/** Core Web Vitals: what is left when the panel is collapsed. */
const CORE = VITALS.slice(0, 3);
const RATINGS: { readonly [rating in Rating]: string } = {
  good: 'good',
  'needs improvement': 'to improve',
  poor: 'poor',
};

/** What the overlay consists of. */
export interface Panel {
  readonly element: HTMLElement;
  /** It shows all, or only its first line. */
  isOpen(): boolean;
  show(now: Snapshot): void;
}

/** What a panel asks of its surroundings. */
export interface PanelHost {
  /** It was opened or collapsed. */
  onToggle(): void;
  onMove(): void;
  onClose(): void;
}

type Show = (now: Snapshot) => void;

/** @param document The document that it is to stand in. */
export function createPanel(document: Document, { onToggle, onMove, onClose }: PanelHost): Panel {
  const elements = createElements(document);
  const { element, iconButton } = elements;
  const shows: Show[] = [];
  const body = element('div', { class: 'body', id: 'body' }, ...bodyOf(elements, shows));
  const place = element('span', { class: 'place' });
  shows.push(({ route }) => setText(place, route ?? '—'));
  const shorts = CORE.map((name) => shortVital(name, elements, shows));
  const badge = element('span', { class: 'badge' }, 'RUM');
  const toggle = element(
    'button',
    { type: 'button', class: 'toggle', 'aria-controls': 'body' },
    ...[badge, ...shorts, place],
  );
  const move = iconButton('Move to the next corner', 'M3 6h10l-3-3M13 10H3l3 3', onMove);
  const close = iconButton('Close until the next load', 'M4 4l8 8M12 4l-8 8', onClose);
  const panel = element(
    'aside',
    { 'aria-label': 'RUM debug' },
    element('header', {}, toggle, move, close),
    body,
  );
  const isOpen = (): boolean => panel.hasAttribute('data-open');

  function open(isWanted: boolean): void {
    panel.toggleAttribute('data-open', isWanted);
    toggle.setAttribute('aria-expanded', `${isWanted}`);
    toggle.title = isWanted ? 'Collapse' : 'Expand';
    body.hidden = place.hidden = move.hidden = close.hidden = !isWanted;
    for (const short of shorts) short.hidden = isWanted;
  }

  open(false);
  toggle.addEventListener('click', () => {
    open(!isOpen());
    onToggle();
  });
  panel.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    if (!isOpen()) return onClose();
    open(false);
    toggle.focus();
    onToggle();
  });
  return {
    element: panel,
    isOpen,
    show(now) {
      for (const show of shows) show(now);
    },
  };
}

/** Mark and value of a vital, for the collapsed panel. */
function shortVital(name: VitalName, elements: Elements, shows: Show[]): HTMLElement {
  const { element } = elements;
  const value = element('span');
  const short = element('span', { class: 'short' }, mark(elements), `${name.toUpperCase()} `, value);
  shows.push(({ vitals }) => {
    const measured = vitals[name];
    setText(value, measured === undefined ? '–' : formatVital(name, measured));
    setRating(short, name, measured);
  });
  return short;
}

function bodyOf(elements: Elements, shows: Show[]): HTMLElement[] {
  const { element } = elements;
  const of = element('p', { class: 'of' });
  const note = element('p', { class: 'note' });
  shows.push(({ vitalsOf, note: text }) => {
    of.hidden = vitalsOf === undefined;
    setText(of, `Vitals of the load, ${vitalsOf}`);
    note.hidden = text === undefined;
    setText(note, text ?? '');
  });
  const fact = (label: string, text: (now: Snapshot) => string, kind = 'fact'): HTMLElement[] => {
    const value = element('dd', { class: kind });
    shows.push((now) => setText(value, text(now)));
    return [element('dt', {}, label), value];
  };
  return [
    note,
    element(
      'dl',
      { class: 'vitals' },
      ...VITALS.map((name) => vitalTile(name, elements, shows)),
      loadingTile(elements, shows),
    ),
    of,
    element(
      'dl',
      { class: 'facts' },
      ...fact('Path', ({ path }) => path),
      ...fact('Session', ({ sessionId }) => sessionId ?? '—', 'id'),
      ...fact('View', ({ viewId }) => viewId ?? '—', 'id'),
      ...fact('In this view', ({ counts }) => list(counts) || 'nothing yet'),
      ...fact(
        'Queue',
        ({ waiting, settled }) => `${waiting} waiting · ${formatCount(settled, 'batch')} settled`,
      ),
      ...fact('Last answer', ({ lastAnswer }) => lastAnswer ?? '—'),
      ...fact('Lost', ({ losses }) => list(losses) || 'nothing'),
      ...fact('beforeSend', ({ dropped }) => `${dropped} dropped`),
    ),
  ];
}

function vitalTile(name: VitalName, elements: Elements, shows: Show[]): HTMLElement {
  const { element } = elements;
  const value = element('div', { class: 'value' });
  const rating = element('span');
  const tile = element(
    'div',
    { class: 'vital' },
    element('dt', {}, name.toUpperCase()),
    element('dd', {}, value, element('div', { class: 'rating' }, mark(elements), rating)),
  );
  shows.push(({ vitals }) => {
    const measured = vitals[name];
    setText(value, measured === undefined ? '–' : formatVital(name, measured));
    setText(rating, measured === undefined ? 'not yet' : RATINGS[rate(name, measured)]);
    setRating(tile, name, measured);
  });
  return tile;
}

function loadingTile({ element }: Elements, shows: Show[]): HTMLElement {
  const value = element('div', { class: 'value' });
  shows.push(({ loadingTime }) => setText(value, loadingTime === undefined ? '–' : formatMs(loadingTime)));
  return element(
    'div',
    { class: 'vital' },
    element('dt', {}, 'Loading'),
    element('dd', {}, value, element('div', { class: 'rating' }, 'until it settled')),
  );
}

/** Its shape tells the rating too, for those who do not tell its colours apart. */
function mark({ element }: Elements): HTMLElement {
  return element('span', { class: 'mark', 'aria-hidden': 'true' });
}

function setRating(target: HTMLElement, name: VitalName, value: number | undefined): void {
  if (value === undefined) {
    delete target.dataset.rating;
    return;
  }
  target.dataset.rating = rate(name, value);
  target.title = `${name.toUpperCase()}: ${rate(name, value)}`;
}

/** A pair is not broken into two lines. */
function list(counts: readonly (readonly [name: string, count: number])[]): string {
  return counts.map(([name, count]) => `${name}\u00a0${count}`).join(' · ');
}
