import {
  type Batch,
  type BatchError,
  PROTOCOL_VERSION,
  type RejectedItem,
  type RumEvent,
  type ViewDocument,
} from '@rumkit/react-rum/protocol';
import { batchSchema, eventSchemas, viewSchema } from '@rumkit/react-rum/protocol/schema';
import { cleanText } from './cleanText.js';
import { type Check, compileSchema, isObject, kindOf, Refusal } from './compileSchema.js';

/** A view or event that passed, with its position in the batch. */
export interface Placed<T> {
  readonly index: number;
  readonly value: T;
}

/** All of a batch but its items. */
export type Envelope = Omit<Batch, 'views' | 'events'>;

export interface ParsedBatch {
  readonly envelope: Envelope;
  readonly views: readonly Placed<ViewDocument>[];
  readonly events: readonly Placed<RumEvent>[];
  readonly rejected: readonly RejectedItem[];
}

export type ParseResult =
  | { readonly ok: true; readonly batch: ParsedBatch }
  | { readonly ok: false; readonly status: 400 | 413; readonly error: BatchError };

/**
 * The one place where a batch from the network becomes typed: everything behind it trusts its result.
 *
 * What comes out are fresh objects with known fields only, so neither extra fields of a newer agent nor prototype keys
 * get through. The envelope is read first and is all or nothing; then each item stands or falls by itself.
 */
export function parseBatch(input: unknown): ParseResult {
  if (!isObject(input)) return malformed(`a batch must be an object, is ${kindOf(input)}`);
  const version = Object.hasOwn(input, 'v') ? input.v : undefined;
  if (typeof version === 'number' && version !== PROTOCOL_VERSION) {
    return {
      ok: false,
      status: 400,
      error: {
        error: 'unsupported_version',
        message: `protocol version ${version} is not known here; this collector reads ${PROTOCOL_VERSION}`,
        supported: [PROTOCOL_VERSION],
      },
    };
  }
  const envelope = checkEnvelope(input);
  if (envelope instanceof Refusal) return malformed(envelope.message);
  const views = itemsOf(input, 'views');
  const events = itemsOf(input, 'events');
  if ('ok' in views) return views;
  if ('ok' in events) return events;

  const rejected: RejectedItem[] = [];
  return {
    ok: true,
    batch: {
      // The schema's type ties it to the protocol's type field by field, so what passed it has that type.
      envelope: envelope as Envelope,
      views: checkItems(views, 'view', checkView, rejected) as Placed<ViewDocument>[],
      events: checkItems(events, 'event', checkEvent, rejected) as Placed<RumEvent>[],
      rejected,
    },
  };
}

const { views: viewsSchema, events: eventsSchema, ...envelopeFields } = batchSchema.properties;
const checkEnvelope = compileSchema({
  type: 'object',
  required: batchSchema.required.filter((name) => name !== 'views' && name !== 'events'),
  properties: envelopeFields,
});
const maxItems = {
  views: 'maxItems' in viewsSchema ? viewsSchema.maxItems : 0,
  events: 'maxItems' in eventsSchema ? eventsSchema.maxItems : 0,
};
const checkView = compileSchema(viewSchema);
const checkId = compileSchema(viewSchema.properties.id);
const eventChecks: ReadonlyMap<string, Check> = new Map(
  Object.entries(eventSchemas).map(([type, schema]) => [type, compileSchema(schema)]),
);

/** Tells events apart by `type`. A type from a newer agent is refused by name, and only that event. */
function checkEvent(item: unknown): unknown {
  if (!isObject(item)) return new Refusal('invalid', `must be an object, is ${kindOf(item)}`);
  const type = Object.hasOwn(item, 'type') ? item.type : undefined;
  if (typeof type !== 'string') return new Refusal('invalid', `must be a string, is ${kindOf(type)}`, 'type');
  const check = eventChecks.get(type);
  if (check !== undefined) return check(item);
  const known = [...eventChecks.keys()].join(', ');
  return new Refusal('unknown_type', `"${cleanText(type, 64)}" is not known here; known: ${known}`, 'type');
}

type Items = readonly unknown[] | Extract<ParseResult, { ok: false }>;

function itemsOf(input: Readonly<Record<string, unknown>>, name: 'views' | 'events'): Items {
  const items = Object.hasOwn(input, name) ? input[name] : undefined;
  if (!Array.isArray(items)) return malformed(`${name} must be an array, is ${kindOf(items)}`);
  if (items.length <= maxItems[name]) return items;
  return {
    ok: false,
    status: 413,
    error: {
      error: 'too_large',
      message: `${name} has ${items.length} items, at most ${maxItems[name]} fit`,
    },
  };
}

function checkItems(
  items: readonly unknown[],
  kind: RejectedItem['kind'],
  check: Check,
  rejected: RejectedItem[],
): Placed<unknown>[] {
  const passed: Placed<unknown>[] = [];
  for (const [index, item] of items.entries()) {
    const value = check(item);
    if (!(value instanceof Refusal)) {
      passed.push({ index, value });
      continue;
    }
    const id = idOf(item);
    rejected.push({
      kind,
      index,
      ...(id !== undefined && { id }),
      reason: value.reason,
      message: value.message,
    });
  }
  return passed;
}

/** The id of a refused item, given back so that its sender can find it. */
function idOf(item: unknown): string | undefined {
  if (!isObject(item) || !Object.hasOwn(item, 'id')) return undefined;
  const id = checkId(item.id);
  return typeof id === 'string' ? id : undefined;
}

function malformed(message: string): Extract<ParseResult, { ok: false }> {
  return { ok: false, status: 400, error: { error: 'malformed', message } };
}
