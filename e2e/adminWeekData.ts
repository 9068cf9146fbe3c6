import { newId } from '@rumkit/react-rum/protocol';
import { blankView } from './adminData.js';
import { numbers } from './numbers.js';
import type { Shop, View } from './shop.js';

type Event = Awaited<ReturnType<Shop['events']>>[number];

const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;

/** The last whole hours before now. */
export const TO: number = Math.floor(Date.now() / HOUR) * HOUR;
export const FROM: number = TO - 12 * HOUR;

/** What breaks this week and the one before, and what breaks this week only. */
export const MESSAGES = { again: 'Lamp is broken', new: 'Lamp is gone' } as const;

interface Span {
  readonly begin: number;
  readonly views: number;
  readonly slowness: number;
  readonly errors: readonly string[];
}

/** Each differs from all others, so that no figure can be taken from the wrong one. */
const SPANS = {
  now: { begin: FROM, views: 700, slowness: 1.5, errors: [MESSAGES.again, MESSAGES.again, MESSAGES.new] },
  before: { begin: FROM - 12 * HOUR, views: 300, slowness: 3, errors: [MESSAGES.new] },
  week: { begin: FROM - WEEK, views: 400, slowness: 1, errors: [MESSAGES.again] },
} as const satisfies { readonly [name: string]: Span };

function fillSpan({ begin, views, slowness, errors }: Span, seed: number) {
  const next = numbers(seed);
  const made = Array.from({ length: views }, (_view, index) => {
    const device = next() < 0.5 ? 'mobile' : 'desktop';
    const route = next() < 0.4 ? '/checkout' : '/';
    const slow = slowness * (device === 'mobile' ? 1.6 : 1) * (route === '/checkout' ? slowness : 1);
    return blankView({
      startedAt: Math.floor(begin + next() * 11.9 * HOUR),
      route,
      device,
      visitor: `visitor-${index}`,
      lcp: slow * (900 + next() * 600),
      inp: 500 / slowness + next() * 100,
      cls: slowness * (0.05 + next() * 0.02),
      fcp: slow * (400 + next() * 200),
      ttfb: 100 + next() * 200,
    });
  });
  const events = made
    .filter((_view, index) => index % 10 === 0)
    .map((view, index) => errorIn(view, errors[index % errors.length] ?? ''));
  return { views: made, events };
}

function errorIn(view: View, message: string): Event {
  const occurredAt = view.startedAt + 100;
  return {
    app: 'default',
    id: newId(occurredAt),
    viewId: view.id,
    type: 'error',
    name: 'Error',
    occurredAt,
    receivedAt: occurredAt + 100,
    visitor: view.visitor,
    route: view.route,
    data: JSON.stringify({ message, source: 'window.error' }),
    duration: null,
    sample: false,
    sampleRate: null,
    clock: null,
  };
}

/** Views and errors of the span, of the one right before, and of the same one a week earlier. */
export const DATA: { readonly [name in keyof typeof SPANS]: ReturnType<typeof fillSpan> } = {
  now: fillSpan(SPANS.now, 1),
  before: fillSpan(SPANS.before, 2),
  week: fillSpan(SPANS.week, 3),
};
