import type { Properties } from '../protocol/index.js';
import { MAX_DEPTH, MAX_PROPERTY_VALUES, MAX_TEXT } from '../protocol/limits.js';

/**
 * Takes what an application attached as it is at this moment, cut to what the protocol allows: deeper levels, more values
 * and what JSON cannot carry are left out.
 *
 * @throws What a getter or `toJSON` of the given object throws, and a TypeError where it contains itself.
 */
export function copyProperties<Given extends object | undefined>(
  properties: Given,
): Given extends object ? Properties : undefined {
  const depths = new WeakMap<object, number>();
  let values = 0;
  function limit(this: object, _key: string, given: unknown): unknown {
    const depth = (depths.get(this) ?? -1) + 1;
    values += 1;
    // What is left out of a list would stand there as null, and count.
    const value = Array.isArray(given) ? given.slice(0, MAX_PROPERTY_VALUES - values) : given;
    if (value instanceof Object) depths.set(value, depth);
    if (values > MAX_PROPERTY_VALUES || depth > MAX_DEPTH) return undefined;
    return typeof value === 'bigint'
      ? `${value}`
      : typeof value === 'string'
        ? value.slice(0, MAX_TEXT)
        : value;
  }
  return properties && JSON.parse(JSON.stringify(properties, limit));
}
