import type { Properties, PropertyValue } from '@rumkit/react-rum/protocol';
import { emptyMap } from './emptyMap.js';
import { scrub } from './scrub.js';

/** Takes personal data out of names and texts, at any depth. */
export function scrubProperties(properties: Properties): Properties {
  const scrubbed = emptyMap<PropertyValue>();
  for (const [key, value] of Object.entries(properties)) scrubbed[scrub(key)] = scrubValue(value);
  return scrubbed;
}

function scrubValue(value: PropertyValue): PropertyValue {
  if (typeof value === 'string') return scrub(value);
  if (typeof value !== 'object' || value === null) return value;
  return isList(value) ? value.map(scrubValue) : scrubProperties(value);
}

/** `Array.isArray` does not narrow readonly arrays. https://github.com/microsoft/TypeScript/issues/17002 */
function isList(value: object): value is readonly PropertyValue[] {
  return Array.isArray(value);
}
