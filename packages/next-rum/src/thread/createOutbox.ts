/**
 * Gathers what one turn of the event loop has to say to another thread: each message wakes that thread, which costs more than what
 * is in it.
 *
 * @param send Given all of it, in order, at the end of the turn.
 * @returns Adds an item.
 */
export function createOutbox<Item>(send: (items: readonly Item[]) => void): (item: Item) => void {
  let waiting: Item[] = [];
  return (item) => {
    if (waiting.push(item) > 1) return;
    setImmediate(() => {
      const items = waiting;
      waiting = [];
      send(items);
    });
  };
}
