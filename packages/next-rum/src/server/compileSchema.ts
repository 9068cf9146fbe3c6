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
  }));
  return (value) => {
    if (!isObject(value)) return invalid(`must be an object, is ${kindOf(value)}`);
    const copy: Record<string, unknown> = {};
    for (const field of fields) {
      if (!Object.hasOwn(value, field.name)) {
        if (field.required) return within(field.name, invalid('is missing'));
        continue;
      }
      const checked = field.check(value[field.name]);
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
      if (POLLUTING.has(name)) continue;
      const item = value[key];
      const check = byKind.get(typeof item);
      const checked = check === undefined ? invalid(`must not be ${kindOf(item)}`) : check(item);
      // The field's own name is a stranger's text and stays out of messages.
      if (checked instanceof Refusal) return checked;
      copy[name] = checked;
    }
    return copy;
  };
}

function compileProperties({ maxDepth, maxValues, maxLength }: PropertiesSchema): Check {
  return (root) => {
    if (!isObject(root)) return invalid(`must be an object, is ${kindOf(root)}`);
    let values = 0;
    const copyOf = (value: unknown, depth: number): unknown => {
      if (typeof value === 'object' && value !== null) {
        if (depth > maxDepth) return tooLarge(`is nested deeper than ${maxDepth}`);
        return Array.isArray(value) ? copyOfArray(value, depth) : copyOfObject(value, depth);
      }
      values += 1;
      if (values > maxValues) return tooLarge(`has more than ${maxValues} values`);
      if (typeof value === 'string') return cleanText(value, maxLength);
      if (typeof value === 'number' && !Number.isFinite(value)) {
        return invalid('has a number that is not finite');
      }
      return value;
    };
    const copyOfArray = (source: readonly unknown[], depth: number): unknown => {
      // An empty list or map counts as a value: a million of them must not pass as none.
      if (source.length === 0) values += 1;
      const copy: unknown[] = [];
      for (const item of source) {
        const checked = copyOf(item, depth + 1);
        if (checked instanceof Refusal) return checked;
        copy.push(checked);
      }
      return values > maxValues ? tooLarge(`has more than ${maxValues} values`) : copy;
    };
    const copyOfObject = (source: object, depth: number): unknown => {
      const copy = emptyMap<unknown>();
      let empty = true;
      for (const key of Object.keys(source)) {
        empty = false;
        const name = cleanText(key, LIMITS.label);
        if (POLLUTING.has(name)) continue;
        const checked = copyOf((source as Readonly<Record<string, unknown>>)[key], depth + 1);
        if (checked instanceof Refusal) return checked;
        copy[name] = checked;
      }
      if (empty) values += 1;
      return values > maxValues ? tooLarge(`has more than ${maxValues} values`) : copy;
    };
    return copyOfObject(root, 0);
  };
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
