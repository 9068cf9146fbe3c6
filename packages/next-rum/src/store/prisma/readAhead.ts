/** Statements at once: few enough that they leave others their connections. */
const WIDTH = 4;

/**
 * Reads something for each of a list, some at a time where the database has several connections, and gives the answers in order.
 * Whoever has enough stops: nothing else is begun then.
 */
export async function* readAhead<Item, Answer>(
  items: readonly Item[],
  read: (item: Item) => Promise<Answer>,
): AsyncGenerator<Answer> {
  const underWay: Promise<Answer>[] = [];
  let next = 0;
  const begin = (): void => {
    for (; underWay.length < WIDTH && next < items.length; next += 1) {
      const reading = read(items[next] as Item);
      // One that fails before its turn is told of when it comes: https://nodejs.org/api/process.html#event-unhandledrejection
      reading.catch(() => undefined);
      underWay.push(reading);
    }
  };
  try {
    for (begin(); underWay.length > 0; begin()) {
      const [first] = underWay;
      if (first === undefined) return;
      const answer = await first;
      underWay.shift();
      yield answer;
    }
  } finally {
    // What nobody asks for any more may fail, and nobody has to know.
    await Promise.allSettled(underWay);
  }
}

/** Gives what a generator gives, and has it make the next while whoever asks is busy with the one before. */
export async function* oneAhead<Item>(items: AsyncGenerator<Item, void>): AsyncGenerator<Item> {
  let next = items.next();
  try {
    for (let { done, value } = await next; done !== true; { done, value } = await next) {
      next = items.next();
      next.catch(() => undefined);
      yield value as Item;
    }
  } finally {
    await Promise.allSettled([next]);
    await items.return();
  }
}
