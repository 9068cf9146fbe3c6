const KINDS = 80;
const FRAMES = ['pay', 'priceOf', 'total', 'render', 'onClick', 'submit', 'load', 'select'];
const THINGS = [
  'cart',
  'lamp',
  'price',
  'order',
  'parcel',
  'voucher',
  'address',
  'session',
  'search',
  'card',
];

/**
 * The data of an error event: one of 80 kinds, a few of them most often, each with a stack of ten frames.
 *
 * @param seed Of 0–1; the same one makes the same error.
 * @param id Is part of the message, as ids often are.
 */
export function errorData(seed: number, id: string): string {
  const kind = Math.floor(seed ** 3 * KINDS);
  const thing = THINGS[kind % THINGS.length] ?? '';
  const stack = Array.from({ length: 10 }, (_, depth) => {
    const name = FRAMES[(kind + depth * 3) % FRAMES.length] ?? '';
    return `    at ${name} (https://shop.example/_next/static/chunks/app/${thing}/page-1f0c3b9d7e2a4c55.js:1:${kind * 100 + depth})`;
  });
  const message = `The ${thing} ${id.slice(-6)} ${FRAMES[kind % FRAMES.length]} cannot be used`;
  return JSON.stringify({
    message,
    source: 'window.error',
    stack: [`TypeError: ${message}`, ...stack].join('\n'),
  });
}
