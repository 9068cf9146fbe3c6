import { expect, test } from 'vitest';
import { createSegmentChoice } from './segmentChoice.js';

const MOST_ROUTES = 50;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function routesOf(views: Readonly<Record<string, number>>) {
  return (dimension: string): ReadonlyMap<string, number> =>
    new Map(dimension === 'route' ? Object.entries(views) : []);
}

test('watches what comes as long as there is room, and never what has no name', () => {
  const choice = createSegmentChoice();
  const chosen = choice.choose(0, routesOf({ '/': 5, '': 9, '(other)': 9, '/cart': 1 }));
  expect([...(chosen.get('route') ?? [])]).toEqual(['/', '/cart']);
  expect([...(chosen.get('country') ?? [])]).toEqual([]);
});

test('once a day the most frequent values are chosen anew, by what they were of late', () => {
  const choice = createSegmentChoice();
  const many = Object.fromEntries(Array.from({ length: MOST_ROUTES }, (_, n) => [`/old/${n}`, 100 - n]));
  choice.choose(0, routesOf(many));
  expect(
    choice
      .choose(HOUR, routesOf({ '/new': 1000 }))
      .get('route')
      ?.has('/new'),
  ).toBe(false);
  const next = choice.choose(DAY, routesOf({ '/new': 1000 })).get('route');
  expect(next?.has('/new')).toBe(true);
  expect(next?.size).toBe(MOST_ROUTES);
  expect(next?.has(`/old/${MOST_ROUTES - 1}`)).toBe(false);
});

test('made-up routes take no memory, and a restart changes nothing', () => {
  let choice = createSegmentChoice();
  const whole = createSegmentChoice();
  for (let hour = 0; hour < 80; hour += 1) {
    const views = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`/${hour}/${n}`, 1 + (n % 3)]));
    const all = routesOf({ ...views, '/': 500 });
    if (hour % 7 === 3) choice = createSegmentChoice(JSON.parse(JSON.stringify(choice.save())));
    expect(choice.choose(hour * HOUR, all)).toEqual(whole.choose(hour * HOUR, all));
  }
  expect(choice.save()).toEqual(whole.save());
  expect(choice.save().dimensions.route?.views.length).toBeLessThanOrEqual(8 * MOST_ROUTES);
});
