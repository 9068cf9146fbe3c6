import { LIMITS, type Properties, type PropertyValue } from '../protocol/index.js';
import { cut } from './cut.js';

/**
 * Takes what an application attached to an event as it is at this moment, cut to {@link LIMITS}. What JSON cannot
 * carry is left out; what nests too deep (a cycle does) ends there.
 *
 * Throws whatever a getter or `toJSON` of the given object throws.
 */
export function copyProperties(properties: object): Properties {
  // Lists and maps are counted too: the collector counts the empty ones.
  let values = 0;
  const copy = (value: unknown, depth: number): PropertyValue | undefined => {
    if (hasToJson(value)) return copy(value.toJSON(), depth);
    values += 1;
    if (values > LIMITS.propertyValues) return undefined;
    switch (typeof value) {
      case 'string':
        return cut(value, LIMITS.text);
      case 'number':
        return Number.isFinite(value) ? value : null;
      case 'boolean':
        return value;
      case 'bigint':
        return String(value);
      case 'object':
        if (value === null) return null;
        return depth > LIMITS.depth ? undefined : copyInside(value, depth + 1);
      default:
        return undefined;
    }
  };
  const copyInside = (value: object, depth: number): PropertyValue => {
    const entries: [string, PropertyValue][] = [];
    for (const [key, item] of Object.entries(value)) {
      const copied = copy(item, depth);
      if (copied !== undefined) entries.push([key, copied]);
    }
    return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
  };
  return copyInside(properties, 1) as Properties;
}

function hasToJson(value: unknown): value is { toJSON(): unknown } {
  return (
    typeof value === 'object' && value !== null && 'toJSON' in value && typeof value.toJSON === 'function'
  );
}
