import { expect, test } from 'vitest';
import { newId, type ViewDocument } from '../../protocol/index.js';
import { createLosses } from './losses.js';
import { createQueue, type Queue } from './queue.js';

function viewDocument(id: string, revision: number, path = '/'): ViewDocument {
  return {
    id,
    revision,
    startedAt: 0,
    route: path,
    path,
    router: 'none',
    navigationType: 'navigate',
    vitals: {},
  };
}

function takeAll(queue: Queue): ViewDocument[] {
  return queue.take(1e9, 1e9).map(({ json }) => JSON.parse(json) as ViewDocument);
}

test('of a view only the newest revision waits', () => {
  const queue = createQueue({ bytes: 10_000, itemBytes: 10_000 }, createLosses());
  const id = newId(0);
  queue.add(viewDocument(id, 1));
  queue.add(viewDocument(id, 2));
  expect(takeAll(queue).map(({ revision }) => revision)).toEqual([2]);
});

test('an older revision that could not be sent does not come back over a newer one', () => {
  const queue = createQueue({ bytes: 10_000, itemBytes: 10_000 }, createLosses());
  const [view, other] = [newId(0), newId(0)];
  queue.add(viewDocument(view, 1));
  queue.add(viewDocument(other, 1));
  const sent = queue.take(1e9, 1e9);
  queue.add(viewDocument(view, 2));
  queue.restore(sent);
  expect(takeAll(queue).map(({ id, revision }) => [id, revision])).toEqual([
    [other, 1],
    [view, 2],
  ]);
});

test('what does not fit is counted, and room comes back when something is taken', () => {
  const losses = createLosses();
  const queue = createQueue({ bytes: 400, itemBytes: 10_000 }, losses);
  for (let count = 0; count < 5; count++) queue.add(viewDocument(newId(0), 1));
  const waiting = queue.size();
  expect(losses.take()).toEqual([['queue_full', 5 - waiting]]);

  takeAll(queue);
  queue.add(viewDocument(newId(0), 1));
  expect(queue.size()).toBe(1);
  expect(losses.take()).toEqual([]);
});

test('an item that no request could carry is refused at once, sizes being bytes and not characters', () => {
  const losses = createLosses();
  const queue = createQueue({ bytes: 10_000, itemBytes: 500 }, losses);
  queue.add(viewDocument(newId(0), 1, '/'.padEnd(150, 'é')));
  expect(queue.size()).toBe(0);
  expect(losses.take()).toEqual([['too_large', 1]]);
});
