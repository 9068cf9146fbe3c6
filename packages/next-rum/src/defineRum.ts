import { z } from 'zod';
import { createWallClock } from './analysis/anomaly/wallClock.js';
import { WATCHED_METRICS, WATCHED_VITALS } from './analysis/insights/watchedIncident.js';
import { WEEKDAYS } from './analysis/rules/alertSchedule.js';
import { openOnce } from './openOnce.js';
import { namedRules } from './server/alerts/alertPlan.js';
import type { AlertRule, Notifier } from './server/alerts/notifier.js';
import { kindOf } from './server/compileSchema.js';
import { DEFAULT_APP, type RetentionDays, type RumConfig, type RumOptions } from './server/config.js';
import { watchConnections } from './server/connectionAddress.js';
import { createRumServer } from './server/createRumServer.js';
import type { Intake, IntakeConfig } from './server/intake.js';
import type { ReportSender } from './server/report/report.js';
import type { Rum } from './server/rum.js';

/**
 * The one server-side definition of a team's monitoring: which database, which route, who may look.
 *
 * Nothing is opened until the first request needs it.
 *
 * @throws Error when an option is wrong; the message names the option, the type of what was given and the mend.
 * @example
 * ```ts
 * // lib/rum.ts
 * import { defineRum, passwordSignIn } from '@rumkit/next-rum';
 *
 * export const rum = defineRum({
 *   database: process.env.RUM_DATABASE_URL, // default file:./rum.db
 *   authorize: passwordSignIn({ password: process.env.RUM_ADMIN_PASSWORD }),
 * });
 * ```
 */
export function defineRum(options: RumOptions = {}): Rum {
  const config = checkOptions(options);
  watchConnections();
  const serverless = isServerless();
  // A function serves few requests at once and is started anew all the time, which a thread would only slow down.
  const opened = () =>
    openOnce(config.database, {
      config,
      inThread: !serverless,
    });
  const store = onceOf(opened, (known) => known.store);
  const intakes = new WeakMap<IntakeConfig, () => Promise<Intake>>();
  const { handle } = createRumServer({
    config,
    store,
    intakeOf: (intakeConfig) => {
      const intake = intakes.get(intakeConfig) ?? onceOf(opened, ({ intakeOf }) => intakeOf(intakeConfig));
      intakes.set(intakeConfig, intake);
      return intake();
    },
    thread: async () => (await opened()).thread,
    now: Date.now,
    // A development server loads this module anew at every change, and keeps nothing that ending could lose.
    ...(process.env.NODE_ENV === 'production' && { signals: process }),
    serverless,
  });
  return { config, store, handle };
}

/**
 * What is made of a promise, once for each: Next.js follows every promise of a request, so that three more for what is always the
 * same are worth saving.
 */
function onceOf<Source, Made>(
  source: () => Promise<Source>,
  make: (value: Source) => Made,
): () => Promise<Made> {
  let known: { readonly of: Promise<Source>; readonly made: Promise<Made> } | null = null;
  return () => {
    const of = source();
    if (known?.of !== of) known = { of, made: of.then(make) };
    return known.made;
  };
}

const DEFAULT_DATABASE = 'file:./rum.db';

/** What each option must be. Said instead of the value, which may hold a password. */
const MENDS: { readonly [field in keyof RumOptions]-?: string } = {
  app: 'give 1 to 64 letters, digits, dots, dashes or underscores, such as "shop"',
  database:
    'give (or set RUM_DATABASE_URL to) file:./rum.db for SQLite or postgresql://user:password@host/database',
  endpoint: 'give the path of the collector route, such as "/api/rum", without a slash at its end',
  privacy: 'give "strict" or "consent"',
  allowedOrigins: 'give a list of origins without path, such as ["https://shop.example"]',
  trustedProxyHops: 'give the number of proxies that append to X-Forwarded-For, a whole number from 0 to 10',
  countryDatabase: 'give the path of a MaxMind country or city database, such as "./GeoLite2-Country.mmdb"',
  keys: 'give a list such as [{ key: process.env.RUM_KEY, app: "shop" }], each key 16 to 256 letters, digits, dots, dashes or underscores, and no key twice; name and since (such as "2026-11-01") may be added',
  rateLimit:
    'give (or set RUM_RATE_LIMIT to a number or "off") false or batches a minute such as { perKey: 300000, perAddress: 1200, store: "memory" }; store is "memory", "database" or { redis: client }',
  bots: 'give (or set RUM_BOTS to) "apart" or "counted"',
  labels: 'give limits such as { routes: 1000, releases: 100, names: 1000 }, whole numbers from 1 to 100000',
  authorize: 'give a function of { headers, action } that returns true or false, or passwordSignIn({ … })',
  timeZone: 'give an IANA name such as "Europe/Berlin"',
  alerts:
    'give { notifiers: [webhookNotifier({ … })] }, each of another name; rules such as [{ kind: "newError", name: "new", schedule: [{ days: ["mon"], from: "08:00", to: "18:00" }] }], each of another name, and adminUrl may be added',
  report:
    'give { sender: emailReport({ transport, from, to }) }; day such as "mon", at such as "08:00" and adminUrl may be added',
  retention: 'give numbers of days such as { raw: 30, minutes: 2, hours: 90, days: 396 }, each above 0',
};

const RETENTION: RetentionDays = { raw: 30, minutes: 2, hours: 90, days: 396 };
const days = z.number().positive().max(36_500);

const LABEL_LIMITS = { routes: 1000, releases: 100, names: 1000 };
const labelLimit = z.int().min(1).max(100_000);

const RATE_LIMITS = { perKey: 300_000, perAddress: 1200, store: 'memory' as const };
const batchesAMinute = z.int().min(1).max(1_000_000_000);
const appId = z.string().regex(/^[A-Za-z0-9._-]{1,64}$/);

const ruleName = z.string().regex(/^[\w-]{1,40}$/);
const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);
const schedule = z
  .array(
    z.strictObject({
      days: z.array(z.enum(WEEKDAYS)).min(1).optional(),
      from: timeOfDay,
      to: z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/),
    }),
  )
  .min(1)
  .max(20)
  .optional();
const ruleShape = {
  name: ruleName,
  schedule,
  metric: z.enum([...WATCHED_VITALS, 'errors']),
  where: z
    .partialRecord(
      z.enum(['route', 'country', 'browser', 'connection', 'device']),
      z.string().min(1).max(512),
    )
    .refine((where) => Object.keys(where).length < 2)
    .optional(),
  minViews: z.int().min(1).optional(),
};
const errorRuleShape = {
  name: ruleName,
  schedule,
  minEvents: z.int().min(1).optional(),
  minVisitors: z.int().min(1).optional(),
};
const share = z.number().gt(0).lt(1);
const alertRule = z.union([
  z.strictObject({
    kind: z.literal('anomaly'),
    name: ruleName.optional(),
    schedule,
    metrics: z.array(z.enum(WATCHED_METRICS)).min(1).optional(),
    minAffected: z.int().min(0).optional(),
  }),
  z
    .strictObject({
      kind: z.literal('threshold'),
      ...ruleShape,
      above: z.number().positive(),
      hours: z
        .tuple([z.int().min(1), z.int().max(24)])
        .refine(([m, n]) => m <= n)
        .optional(),
    })
    .refine(({ metric, above }) => metric !== 'errors' || above < 1),
  z
    .strictObject({
      kind: z.literal('budget'),
      ...ruleShape,
      good: z.number().positive().optional(),
      objective: share,
    })
    .refine(({ metric, good }) => (metric === 'errors') === (good === undefined)),
  z.strictObject({ kind: z.literal('newError'), ...errorRuleShape }),
  z.strictObject({
    kind: z.literal('regressedError'),
    ...errorRuleShape,
    quietDays: z.int().min(1).max(365).optional(),
    afterRelease: z.boolean().optional(),
  }),
]);

/** Incidents are named after their rules. */
function hasOwnNames(rules: readonly AlertRule[]): boolean {
  const names = namedRules(rules).map(([name]) => name);
  return new Set([...names, ...WATCHED_METRICS]).size === names.length + WATCHED_METRICS.length;
}

const optionsSchema = z.strictObject({
  app: appId.default(DEFAULT_APP),
  database: z.string().regex(/^(?:file:.|postgres(?:ql)?:\/\/.)/),
  endpoint: z
    .string()
    .regex(/^(?:\/[\w.~-]+)+$/)
    .default('/api/rum'),
  privacy: z.enum(['strict', 'consent']).default('strict'),
  allowedOrigins: z.array(z.string().refine(isOrigin)).default([]),
  trustedProxyHops: z.int().min(0).max(10).default(0),
  countryDatabase: z.string().min(1).nullable().default(null),
  keys: z
    .array(
      z.strictObject({
        key: z.string().regex(/^[A-Za-z0-9._-]{16,256}$/),
        app: appId.optional(),
        name: z.string().min(1).max(80).optional(),
        since: z.iso.date().optional(),
      }),
    )
    .refine((keys) => new Set(keys.map(({ key }) => key)).size === keys.length)
    .default([]),
  rateLimit: z
    .union([
      z.literal(false).transform(() => null),
      z.strictObject({
        perKey: batchesAMinute.default(RATE_LIMITS.perKey),
        perAddress: batchesAMinute.default(RATE_LIMITS.perAddress),
        store: z
          .union([
            z.enum(['memory', 'database']),
            z.strictObject({
              redis: z.custom<object>((value) => typeof value === 'object' && value !== null),
            }),
          ])
          .default(RATE_LIMITS.store),
      }),
    ])
    .default(RATE_LIMITS),
  bots: z.enum(['apart', 'counted']).default('apart'),
  labels: z
    .strictObject({
      routes: labelLimit.default(LABEL_LIMITS.routes),
      releases: labelLimit.default(LABEL_LIMITS.releases),
      names: labelLimit.default(LABEL_LIMITS.names),
    })
    .default(LABEL_LIMITS),
  authorize: z
    .custom<NonNullable<RumConfig['authorize']>>((value) => typeof value === 'function')
    .nullable()
    .default(null),
  retention: z
    .strictObject({
      raw: days.default(RETENTION.raw),
      minutes: days.default(RETENTION.minutes),
      hours: days.default(RETENTION.hours),
      days: days.default(RETENTION.days),
    })
    .default(RETENTION),
  timeZone: z.string().refine(isTimeZone).default('UTC'),
  alerts: z
    .strictObject({
      notifiers: z
        .array(z.custom<Notifier>(isNotifier))
        .max(20)
        .refine((all) => new Set(all.map(({ name }) => name)).size === all.length),
      rules: z.array(alertRule).max(20).refine(hasOwnNames).min(1).optional(),
      adminUrl: z.url({ protocol: /^https?$/ }).optional(),
    })
    .nullable()
    .default(null),
  report: z
    .strictObject({
      sender: z.custom<ReportSender>(isSender),
      day: z.enum(WEEKDAYS).optional(),
      at: timeOfDay.optional(),
      adminUrl: z.url({ protocol: /^https?$/ }).optional(),
    })
    .nullable()
    .default(null),
});

function checkOptions(options: unknown): RumConfig {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new Error(`RUM: defineRum takes an object of options, but was given ${kindOf(options)}`);
  }
  const given: Readonly<Record<string, unknown>> = {
    ...options,
    database: ('database' in options ? options.database : undefined) ?? defaultDatabase(),
    rateLimit: ('rateLimit' in options ? options.rateLimit : undefined) ?? defaultRateLimit(),
    bots: ('bots' in options ? options.bots : undefined) ?? (process.env.RUM_BOTS || undefined),
  };
  const result = optionsSchema.safeParse(given);
  if (result.success) return result.data satisfies RumConfig;
  const [issue] = result.error.issues;
  if (issue?.code === 'unrecognized_keys' && issue.path.length === 0) {
    throw new Error(
      `RUM: defineRum({ ${issue.keys.join(', ')} }) is no option — the options are ${Object.keys(MENDS).join(', ')}`,
    );
  }
  const field = Object.keys(MENDS).find((name): name is keyof RumOptions => name === issue?.path[0]);
  throw new Error(
    field === undefined
      ? `RUM: defineRum's options are wrong: ${issue?.message}`
      : `RUM: defineRum({ ${field} }) has a wrong value (${shownValue(field, given[field])}) — ${MENDS[field]}`,
  );
}

/** Its kind, since what is in an option may be secret; of a database also what tells one from another. */
function shownValue(field: keyof RumOptions, value: unknown): string {
  const shown = field === 'database' && typeof value === 'string' ? shownDatabase(value) : null;
  return shown === null ? kindOf(value) : `${kindOf(value)}, ${JSON.stringify(shown)}`;
}

/** The scheme of a URL or the name of a file; null of anything else, which may be a password. */
function shownDatabase(text: string): string | null {
  const [scheme] = /^["'\s]*(?:[a-z][a-z+]+:\/\/|(?:file|sqlite|postgres(?:ql)?):)/i.exec(text) ?? [];
  if (scheme !== undefined) return scheme === text ? text : `${scheme}…`;
  return text === '' || /^(?:[a-z]:)?[\w ./\\-]{1,200}\.(?:db|db3|sqlite|sqlite3)$/i.test(text) ? text : null;
}

/** Undefined where the environment says nothing. A load test comes from one address. */
function defaultRateLimit(): unknown {
  const { RUM_RATE_LIMIT: said } = process.env;
  if (!said) return undefined;
  return said === 'off' ? false : { perKey: Number(said), perAddress: Number(said) };
}

/** Vercel, AWS Lambda (Netlify and Amplify run on it), Azure Functions and Google Cloud Functions say so. */
function isServerless(): boolean {
  const { VERCEL, AWS_LAMBDA_FUNCTION_NAME, FUNCTIONS_WORKER_RUNTIME, FUNCTION_TARGET } = process.env;
  return [VERCEL, AWS_LAMBDA_FUNCTION_NAME, FUNCTIONS_WORKER_RUNTIME, FUNCTION_TARGET].some(Boolean);
}

/** An empty variable counts as none, as in shells and env files. */
function defaultDatabase(): string {
  return process.env.RUM_DATABASE_URL || DEFAULT_DATABASE;
}

function isNotifier(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const [name, send]: readonly unknown[] = [Reflect.get(value, 'name'), Reflect.get(value, 'send')];
  return typeof name === 'string' && /^[\w-]{1,40}$/.test(name) && typeof send === 'function';
}

function isSender(value: unknown): boolean {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'send') === 'function';
}

function isTimeZone(name: string): boolean {
  try {
    createWallClock(name);
    return true;
  } catch {
    // There is none of this name.
    return false;
  }
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text;
}
