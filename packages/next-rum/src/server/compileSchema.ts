import { type ItemRejection, LIMITS } from '@rumkit/react-rum/protocol';
import type {
  MapSchema,
  NumberSchema,
  ObjectSchema,
  PropertiesSchema,
  Schema,
  StringSchema,
} from '@rumkit/react-rum/protocol/schema';
import { cleanText } from './cleanText.js';
import { emptyMap } from './emptyMap.js';

/** Why a value does not fit its schema. Returned, not thrown: a hostile batch makes a thousand of them. */
export class Refusal {
  readonly reason: Exclude<ItemRejection, 'storage'>;
  /** Path of the field below what was checked; empty for the whole of it. */
  readonly where: string;
  readonly what: string;
  constructor(reason: Refusal['reason'], what: string, where = '') {
    this.reason = reason;
    this.what = what;
    this.where = where;
  }
  /** Such as `vitals.lcp.value must be a number, is a string`. */
  get message(): string {
    return `${this.where || 'it'} ${this.what}`;
  }
}

/** Gives a fresh copy of what the schema allows of a value, or a {@link Refusal}. The input is never changed nor kept. */
export type Check = (value: unknown) => unknown;

/** Turns a schema into a function, once at start: patterns are compiled and field names listed ahead of the requests. */
export function compileSchema(schema: Schema): Check {
  if ('oneOf' in schema) {
    throw new TypeError('RUM: a union is told apart by its type before it is checked; compile its members');
  }
  switch (schema.type) {
    case 'string':
      return compileString(schema);
    case 'number':
    case 'integer':
      return compileNumber(schema);
    case 'boolean':
      return (value) =>
        typeof value === 'boolean' ? value : invalid(`must be a boolean, is ${kindOf(value)}`);
    case 'array': {
      const items = compileSchema(schema.items);
      return (value) => {
        if (!Array.isArray(value)) return invalid(`must be an array, is ${kindOf(value)}`);
        if (value.length > schema.maxItems) return tooLarge(`has more than ${schema.maxItems} items`);
        const copy: unknown[] = [];
        for (const [index, item] of value.entries()) {
          const checked = items(item);
          if (checked instanceof Refusal) return within(String(index), checked);
          copy.push(checked);
        }
        return copy;
      };
    }
    case 'object':
      if ('properties' in schema) return compileObject(schema);
      if ('maxProperties' in schema) return compileMap(schema);
      return compileProperties(schema);
    default:
      return schema satisfies never;
  }
}

function compileString({ minLength = 0, maxLength, truncate, pattern, enum: values }: StringSchema): Check {
  const allowed = values && new Set(values);
  const matcher = pattern === undefined ? null : new RegExp(pattern);
  return (value) => {
    if (typeof value !== 'string') return invalid(`must be a string, is ${kindOf(value)}`);
    if (allowed) {
      return allowed.has(value) ? value : invalid(`must be one of ${values?.join(', ')}`);
    }
    if (value.length > maxLength && !truncate) {
      return invalid(`must have at most ${maxLength} characters`);
    }
    const text = cleanText(value, maxLength);
    if (text.length < minLength) return invalid('must not be empty');
    if (matcher !== null && !matcher.test(text)) return invalid('has the wrong form');
    return text;
  };
}

function compileNumber({ type, minimum, maximum }: NumberSchema): Check {
  return (value) => {
    if (typeof value !== 'number') return invalid(`must be a number, is ${kindOf(value)}`);
    // Written so that NaN fails as well; JSON has none, but 1e999 parses to Infinity.
    if (!(value >= minimum && value <= maximum)) {
      return invalid(`must be between ${minimum} and ${maximum}`);
    }
    if (type === 'integer' && !Number.isInteger(value)) return invalid('must be a whole number');
    return value;
  };
}

function compileObject({ required, properties }: ObjectSchema): Check {
  const fields = Object.entries(properties).map(([name, schema]) => ({
    name,
    check: compileSchema(schema),
    required: required.includes(name),
    // Browsers tell much that they do not know as an empty text: it must not cost the item.
    mayBeEmpty: !required.includes(name) && 'type' in schema && schema.type === 'string',
  }));
  return (value) => {
    if (!isObject(value)) return invalid(`must be an object, is ${kindOf(value)}`);
    const copy: Record<string, unknown> = {};
    for (const field of fields) {
      if (!Object.hasOwn(value, field.name)) {
        if (field.required) return within(field.name, invalid('is missing'));
        continue;
      }
      const given = value[field.name];
      if (given === '' && field.mayBeEmpty) continue;
      const checked = field.check(given);
      if (checked instanceof Refusal) return within(field.name, checked);
      copy[field.name] = checked;
    }
    return copy;
  };
}

function compileMap({ maxProperties, additionalProperties }: MapSchema): Check {
  const byKind = new Map(
    additionalProperties.anyOf.map((schema) => [
      schema.type === 'string' ? 'string' : 'number',
      compileSchema(schema),
    ]),
  );
  return (value) => {
    if (!isObject(value)) return invalid(`must be an object, is ${kindOf(value)}`);
    const keys = Object.keys(value);
    if (keys.length > maxProperties) return tooLarge(`has more than ${maxProperties} fields`);
    const copy = emptyMap<unknown>();
    for (const key of keys) {
      const name = cleanText(key, LIMITS.label);
      const item = value[key];
      if (POLLUTING.has(name) || item === '') continue;
      const check = byKind.get(typeof item);
      const checked = check === undefined ? invalid(`must not be ${kindOf(item)}`) : check(item);
      // The field's own name is a stranger's text and stays out of messages.
      if (checked instanceof Refusal) return checked;
      copy[name] = checked;
    }
    return copy;
  };
}

function compileProperties(schema: PropertiesSchema): Check {
  return (value) => {
    if (!isObject(value)) return invalid(`must be an object, is ${kindOf(value)}`);
    return copyMap(value, 0, { schema, values: 0 });
  };
}

/** What is shared while one set of properties is copied: its bounds, and how many values it has had so far. */
interface PropertiesCopy {
  readonly schema: PropertiesSchema;
  values: number;
}

function copyProperty(value: unknown, depth: number, copy: PropertiesCopy): unknown {
  if (typeof value === 'object' && value !== null) {
    if (depth > copy.schema.maxDepth) return tooLarge(`is nested deeper than ${copy.schema.maxDepth}`);
    return isObject(value) ? copyMap(value, depth, copy) : copyList(value as readonly unknown[], depth, copy);
  }
  if (typeof value === 'number' && !Number.isFinite(value)) return invalid('has a number that is not finite');
  return countValue(copy) ?? (typeof value === 'string' ? cleanText(value, copy.schema.maxLength) : value);
}

function copyList(list: readonly unknown[], depth: number, copy: PropertiesCopy): unknown {
  const copied: unknown[] = [];
  for (const item of list) {
    const checked = copyProperty(item, depth + 1, copy);
    if (checked instanceof Refusal) return checked;
    copied.push(checked);
  }
  // An empty list or map counts as a value: a million of them must not pass as none.
  return (list.length === 0 ? countValue(copy) : null) ?? copied;
}

function copyMap(map: Readonly<Record<string, unknown>>, depth: number, copy: PropertiesCopy): unknown {
  const copied = emptyMap<unknown>();
  const keys = Object.keys(map);
  for (const key of keys) {
    const name = cleanText(key, LIMITS.label);
    if (POLLUTING.has(name)) continue;
    const checked = copyProperty(map[key], depth + 1, copy);
    if (checked instanceof Refusal) return checked;
    copied[name] = checked;
  }
  return (keys.length === 0 ? countValue(copy) : null) ?? copied;
}

function countValue(copy: PropertiesCopy): Refusal | null {
  copy.values += 1;
  return copy.values > copy.schema.maxValues
    ? tooLarge(`has more than ${copy.schema.maxValues} values`)
    : null;
}

/** Names that reach an object's prototype when somebody later copies the map carelessly. */
const POLLUTING: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** True for what JSON calls an object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a value is, for a message; never the value itself. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function within(name: string, refusal: Refusal): Refusal {
  return new Refusal(refusal.reason, refusal.what, refusal.where === '' ? name : `${name}.${refusal.where}`);
}
function invalid(what: string): Refusal {
  return new Refusal('invalid', what);
}
function tooLarge(what: string): Refusal {
  return new Refusal('too_large', what);
}
