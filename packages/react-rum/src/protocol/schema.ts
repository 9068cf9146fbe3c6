import { LIMITS, PROTOCOL_VERSION } from './limits.js';
import type {
  ActionEvent,
  Batch,
  BatchContext,
  BatchUser,
  CustomEvent,
  ErrorEvent,
  FlagEvent,
  LongTaskEvent,
  LossEvent,
  NavigationEvent,
  ResourceEvent,
  RumEvent,
  TimingEvent,
  ViewDocument,
  Vital,
} from './types.js';

/** The part of JSON Schema 2020-12 that the protocol uses; the collector's parser interprets exactly these. */
export type Schema =
  | StringSchema
  | NumberSchema
  | BooleanSchema
  | ArraySchema
  | ObjectSchema
  | MapSchema
  | PropertiesSchema
  | { readonly oneOf: readonly ObjectSchema[] };

export interface StringSchema {
  readonly type: 'string';
  readonly minLength?: number;
  /** A longer string is cut by the collector where `truncate` is set, refused elsewhere. */
  readonly maxLength: number;
  readonly truncate?: true;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}
export interface NumberSchema {
  readonly type: 'number' | 'integer';
  readonly minimum: number;
  readonly maximum: number;
}
export interface BooleanSchema {
  readonly type: 'boolean';
}
export interface ArraySchema {
  readonly type: 'array';
  readonly maxItems: number;
  readonly items: Schema;
}
/** An object of known fields; others are ignored, so that a newer agent may send more. */
export interface ObjectSchema {
  readonly type: 'object';
  readonly required: readonly string[];
  readonly properties: { readonly [name: string]: Schema };
}
/** An object whose field names are free and whose values share one schema. */
export interface MapSchema {
  readonly type: 'object';
  readonly maxProperties: number;
  readonly additionalProperties: { readonly anyOf: readonly (StringSchema | NumberSchema)[] };
}
/** Free-form custom properties, bounded by depth and number of values. */
export interface PropertiesSchema {
  readonly type: 'object';
  readonly maxDepth: number;
  readonly maxValues: number;
  readonly maxLength: number;
}

/** Ties a schema to its type: a field that is missing here or there fails to compile. */
interface ObjectSchemaOf<T> extends ObjectSchema {
  readonly required: readonly RequiredKeys<T>[];
  readonly properties: { readonly [K in keyof T]-?: Schema };
}
type RequiredKeys<T> = { [K in keyof T]-?: object extends Pick<T, K> ? never : K & string }[keyof T];

const uuid: StringSchema = {
  type: 'string',
  maxLength: 36,
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
};
const time: NumberSchema = { type: 'number', minimum: 0, maximum: 8.64e15 };
const duration: NumberSchema = { type: 'number', minimum: 0, maximum: 1e10 };
const label: StringSchema = { type: 'string', minLength: 1, maxLength: LIMITS.label, truncate: true };
const text: StringSchema = { type: 'string', maxLength: LIMITS.text, truncate: true };
const stack: StringSchema = { type: 'string', maxLength: LIMITS.stack, truncate: true };
const count: NumberSchema = { type: 'integer', minimum: 0, maximum: 1e9 };
const bytes: NumberSchema = { type: 'number', minimum: 0, maximum: 1e15 };
const properties: PropertiesSchema = {
  type: 'object',
  maxDepth: LIMITS.depth,
  maxValues: LIMITS.propertyValues,
  maxLength: LIMITS.text,
};

const vital: ObjectSchemaOf<Vital> = {
  type: 'object',
  required: ['value'],
  properties: {
    value: { type: 'number', minimum: 0, maximum: 1e9 },
    attribution: {
      type: 'object',
      maxProperties: 32,
      additionalProperties: {
        anyOf: [text, { type: 'number', minimum: -1e12, maximum: 1e12 }],
      },
    },
  },
};

const vitals: ObjectSchemaOf<ViewDocument['vitals']> = {
  type: 'object',
  required: [],
  properties: { lcp: vital, inp: vital, cls: vital, fcp: vital, ttfb: vital },
};

export const viewSchema: ObjectSchemaOf<ViewDocument> = {
  type: 'object',
  required: ['id', 'revision', 'startedAt', 'route', 'path', 'router', 'navigationType', 'vitals'],
  properties: {
    id: uuid,
    revision: { type: 'integer', minimum: 1, maximum: 1e6 },
    startedAt: time,
    route: label,
    path: label,
    router: { type: 'string', maxLength: 8, enum: ['app', 'pages', 'none'] },
    navigationType: {
      type: 'string',
      maxLength: 32,
      enum: [
        'navigate',
        'reload',
        'back-forward',
        'back-forward-cache',
        'prerender',
        'restore',
        'client',
        'resume',
      ],
    },
    previousViewId: uuid,
    referrer: label,
    traceId: { type: 'string', maxLength: 32, pattern: '^[0-9a-f]{32}$' },
    duration,
    vitals,
    visibleDuration: duration,
    loadingTime: duration,
    routeChangeTime: duration,
    blockedTime: duration,
    scrollDepth: { type: 'number', minimum: 0, maximum: 1 },
    redirectedFrom: label,
    redirectCount: { type: 'integer', minimum: 0, maximum: 100 },
    utm: { type: 'object', maxProperties: 5, additionalProperties: { anyOf: [label] } },
    counts: { type: 'object', maxProperties: 16, additionalProperties: { anyOf: [count] } },
    attributes: properties,
  },
};

const eventBase = { id: uuid, viewId: uuid, at: time, route: label };

const customEvent: ObjectSchemaOf<CustomEvent> = {
  type: 'object',
  required: ['type', 'id', 'viewId', 'at', 'route', 'name'],
  properties: {
    ...eventBase,
    type: { type: 'string', maxLength: 16, enum: ['custom'] },
    name: label,
    properties,
  },
};

const errorEvent: ObjectSchemaOf<ErrorEvent> = {
  type: 'object',
  required: ['type', 'id', 'viewId', 'at', 'route', 'name', 'message', 'source'],
  properties: {
    ...eventBase,
    type: { type: 'string', maxLength: 16, enum: ['error'] },
    name: label,
    message: text,
    stack,
    source: {
      type: 'string',
      maxLength: 32,
      enum: [
        'window.error',
        'unhandledrejection',
        'console.error',
        'react',
        'reported',
        'resource',
        'csp',
        'report',
      ],
    },
    count: { type: 'integer', minimum: 1, maximum: 1e9 },
    componentStack: stack,
    digest: label,
  },
};

const actionEvent: ObjectSchemaOf<ActionEvent> = {
  type: 'object',
  required: ['type', 'id', 'viewId', 'at', 'route', 'name', 'kind', 'target', 'duration'],
  properties: {
    ...eventBase,
    type: { type: 'string', maxLength: 16, enum: ['action'] },
    name: label,
    kind: { type: 'string', maxLength: 16, enum: ['click', 'submit', 'change', 'key'] },
    target: label,
    duration,
    requests: count,
    errors: count,
    navigated: { type: 'boolean' },
    frustrations: {
      type: 'array',
      maxItems: 3,
      items: { type: 'string', maxLength: 8, enum: ['rage', 'dead', 'error'] },
    },
  },
};

const resourceEvent: ObjectSchemaOf<ResourceEvent> = {
  type: 'object',
  required: ['type', 'id', 'viewId', 'at', 'route', 'name', 'initiator', 'duration'],
  properties: {
    ...eventBase,
    type: { type: 'string', maxLength: 16, enum: ['resource'] },
    name: label,
    initiator: { type: 'string', minLength: 1, maxLength: 32, truncate: true },
    duration,
    method: { type: 'string', maxLength: 16, truncate: true },
    status: { type: 'integer', minimum: 0, maximum: 999 },
    failure: { type: 'string', maxLength: 16, enum: ['network', 'abort', 'timeout'] },
    operation: label,
    redirect: duration,
    dns: duration,
    connect: duration,
    tls: duration,
    wait: duration,
    download: duration,
    transferSize: bytes,
    decodedSize: bytes,
    protocol: { type: 'string', maxLength: 16, truncate: true },
    cached: { type: 'boolean' },
    renderBlocking: { type: 'boolean' },
    spanId: { type: 'string', maxLength: 16, pattern: '^[0-9a-f]{16}$' },
  },
};

const longTaskEvent: ObjectSchemaOf<LongTaskEvent> = {
  type: 'object',
  required: ['type', 'id', 'viewId', 'at', 'route', 'name', 'duration'],
  properties: {
    ...eventBase,
    type: { type: 'string', maxLength: 16, enum: ['longtask'] },
    name: label,
    duration,
    blockingDuration: duration,
    scriptDuration: duration,
    layoutDuration: duration,
    invoker: label,
    function: label,
  },
};

const timingEvent: ObjectSchemaOf<TimingEvent> = {
  type: 'object',
  required: ['type', 'id', 'viewId', 'at', 'route', 'name', 'kind', 'duration'],
  properties: {
    ...eventBase,
    type: { type: 'string', maxLength: 16, enum: ['timing'] },
    name: label,
    kind: {
      type: 'string',
      maxLength: 16,
      enum: ['custom', 'mark', 'measure', 'render', 'visible', 'form', 'query'],
    },
    duration,
    properties,
  },
};

const flagEvent: ObjectSchemaOf<FlagEvent> = {
  type: 'object',
  required: ['type', 'id', 'viewId', 'at', 'route', 'name', 'variant'],
  properties: {
    ...eventBase,
    type: { type: 'string', maxLength: 16, enum: ['flag'] },
    name: label,
    variant: { type: 'string', maxLength: LIMITS.label, truncate: true },
  },
};

const navigationEvent: ObjectSchemaOf<NavigationEvent> = {
  type: 'object',
  required: ['type', 'id', 'viewId', 'at', 'route', 'name', 'outcome', 'duration'],
  properties: {
    ...eventBase,
    type: { type: 'string', maxLength: 16, enum: ['navigation'] },
    name: label,
    outcome: { type: 'string', maxLength: 16, enum: ['cancelled'] },
    duration,
  },
};

const lossEvent: ObjectSchemaOf<LossEvent> = {
  type: 'object',
  required: ['type', 'id', 'viewId', 'at', 'route', 'reason', 'count'],
  properties: {
    ...eventBase,
    type: { type: 'string', maxLength: 16, enum: ['loss'] },
    reason: {
      type: 'string',
      maxLength: 32,
      enum: [
        'queue_full',
        'rejected',
        'too_large',
        'unsupported_version',
        'serialize',
        'before_send',
        'rate_limited',
        'unload',
      ],
    },
    count: { type: 'integer', minimum: 1, maximum: 1e9 },
  },
};

/** One schema an event type, keyed by the value of `type`. */
export const eventSchemas: { readonly [K in RumEvent['type']]: ObjectSchema } = {
  custom: customEvent,
  error: errorEvent,
  action: actionEvent,
  resource: resourceEvent,
  longtask: longTaskEvent,
  timing: timingEvent,
  flag: flagEvent,
  navigation: navigationEvent,
  loss: lossEvent,
};

const context: ObjectSchemaOf<BatchContext> = {
  type: 'object',
  required: [],
  properties: {
    viewportWidth: { type: 'integer', minimum: 0, maximum: 100_000 },
    viewportHeight: { type: 'integer', minimum: 0, maximum: 100_000 },
    connection: { type: 'string', maxLength: 16, truncate: true },
    language: { type: 'string', maxLength: 35, truncate: true },
    automated: { type: 'boolean' },
    deviceMemory: { type: 'number', minimum: 0, maximum: 1e6 },
    cores: { type: 'integer', minimum: 0, maximum: 1e6 },
    reducedMotion: { type: 'boolean' },
    darkMode: { type: 'boolean' },
  },
};

const user: ObjectSchemaOf<BatchUser> = {
  type: 'object',
  required: ['id'],
  properties: { id: label, traits: properties },
};

/** The envelope. The collector parses it first, then each item of `views` and `events` on its own. */
export const batchSchema: ObjectSchemaOf<Batch> = {
  type: 'object',
  required: ['v', 'app', 'sentAt', 'sessionId', 'views', 'events'],
  properties: {
    v: { type: 'integer', minimum: PROTOCOL_VERSION, maximum: PROTOCOL_VERSION },
    app: { type: 'string', minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9._-]+$' },
    sentAt: time,
    sessionId: uuid,
    release: { type: 'string', minLength: 1, maxLength: 128, truncate: true },
    environment: { type: 'string', minLength: 1, maxLength: 64, truncate: true },
    context,
    sampleRate: { type: 'number', minimum: 0, maximum: 1 },
    kept: { type: 'boolean' },
    user,
    attributes: properties,
    views: { type: 'array', maxItems: LIMITS.batchItems, items: viewSchema },
    events: {
      type: 'array',
      maxItems: LIMITS.batchItems,
      items: { oneOf: Object.values(eventSchemas) },
    },
  },
};
