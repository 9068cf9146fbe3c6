/**
 * Makes an object that inherits nothing, so that no field name of a stranger means anything in it.
 *
 * Unlike with `Object.create(null)` the engine keeps it in its fast form: copying such maps is some seven times quicker.
 * The `cookie` package does the same: https://github.com/jshttp/cookie/blob/v1.0.2/src/index.ts
 */
export function emptyMap<T>(): Record<string, T> {
  return new Bare() as Record<string, T>;
}

const Bare = function Bare() {} as unknown as new () => object;
Bare.prototype = Object.create(null);
