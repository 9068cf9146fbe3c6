// @vitest-environment jsdom
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { agentPage } from '../testing/agentPage.js';
import { setPageVisible } from '../testing/pageVisibility.js';
import { configureRum, reportError, track } from './index.js';

const page = agentPage();

/** Firefox ends what runs in a page that it closes, and then tells the page that it is hidden. */
function closePage(): void {
  expect(() => {
    // As the browser ends it: without a `catch` or `finally` of what is ended.
    runInNewContext('leave()', { leave: () => window.dispatchEvent(new Event('pagehide')) }, { timeout: 50 });
  }).toThrow('timed out');
  configureRum({ beforeSend: (item) => item });
  setPageVisible(false);
}

/** The page is ended while it sends the item that is this one of all, counted from 0. */
function endAt(place: number): void {
  let seen = 0;
  configureRum({
    beforeSend: (item) => {
      while (seen === place);
      seen += 1;
      return item;
    },
  });
}

for (const [place, name] of ['one', 'two', 'three', 'the view'].entries()) {
  test(`a page that is ended as it comes to ${name} sends all of it, each once`, () => {
    page.start();
    for (const each of ['one', 'two', 'three']) track(each);
    endAt(place);
    closePage();
    expect(page.sent.events()).toMatchObject([{ name: 'one' }, { name: 'two' }, { name: 'three' }]);
    expect(page.sent.views()).toMatchObject([{ counts: { custom: 3 } }]);
    expect(page.sent.batches).toHaveLength(1);
  });
}

for (const [place, name] of ['the first', 'the second', 'a loss'].entries()) {
  test(`errors that repeat themselves and losses are counted once where the page is ended at ${name}`, () => {
    page.start();
    const errors = [new Error('first'), new Error('second')];
    for (const error of [...errors, ...errors, ...errors]) reportError(error);
    track('a property that cannot be read', {
      get sku(): string {
        throw new Error('no');
      },
    });
    endAt(place);
    closePage();
    const told = page.sent.events().map((event) => {
      if (event.type === 'error') return `${event.message} ${event.count ?? 1}`;
      return event.type === 'loss' ? `${event.reason} ${event.count}` : event.type;
    });
    expect(told.sort()).toEqual(['first 1', 'first 2', 'second 1', 'second 2', 'serialize 1']);
  });
}
