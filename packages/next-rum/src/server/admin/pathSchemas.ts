import { z } from 'zod';
import { COLUMN_DIMENSIONS } from '../../store/filters.js';
import { VITAL_NAMES } from '../../store/rows.js';
import {
  type FunnelResponse,
  type GoalsResponse,
  type ImpactResponse,
  type JourneyResponse,
  NAMED_KINDS,
  type NamesResponse,
  type RetentionResponse,
  type SessionResponse,
  type SessionsResponse,
  STEP_KINDS,
} from '../api.js';
import { told } from './errorSchemas.js';
import { component, count, range, seen, time } from './schemaParts.js';

const text = z.string().nullable();
const number = z.number().nullable();

const summaryShape = {
  id: z.string().describe('That of its first view.'),
  startedAt: time,
  duration: z.number().describe('ms from there to the end of its last view.'),
  views: count,
  entry: z.string(),
  exit: z.string(),
  country: text,
  device: z.enum(['desktop', 'mobile', 'tablet', 'tv', 'unknown']),
  browser: text,
  os: text,
  errors: count,
  frustrations: count.describe('Actions that frustrated.'),
  worst: z
    .object({
      name: z.enum(VITAL_NAMES),
      value: z.number(),
      rating: z.enum(['good', 'needsImprovement', 'poor']),
    })
    .nullable()
    .describe('The vital that felt worst. Null where no view has one.'),
  userId: text.describe('Who the application says it was; null in strict privacy.'),
  sample: z.boolean(),
};

export const sessionsSchema: z.ZodType<SessionsResponse> = component(
  'Sessions',
  z.object({
    range,
    sessions: z.array(z.object(summaryShape)),
    truncated: z.boolean().describe('There are earlier ones that were not looked for.'),
    seen,
  }),
);

const record = z.record(z.string(), z.unknown());

export const sessionSchema: z.ZodType<SessionResponse> = component(
  'Session',
  z.object({
    ...summaryShape,
    release: text,
    environment: text,
    connection: text,
    language: text,
    viewport: z.tuple([z.number(), z.number()]).nullable().describe('Width and height, CSS pixels.'),
    userTraits: record.nullable(),
    viewList: z
      .array(
        z.object({
          id: z.string(),
          startedAt: time,
          duration: number,
          visibleDuration: number,
          route: z.string(),
          path: z.string(),
          navigationType: z.enum([
            'navigate',
            'reload',
            'back-forward',
            'back-forward-cache',
            'prerender',
            'restore',
            'client',
            'resume',
          ]),
          referrer: text,
          vitals: z.object({ lcp: number, inp: number, cls: number, fcp: number, ttfb: number }),
          loadingTime: number,
          blockedTime: number,
          scrollDepth: number,
        }),
      )
      .describe('By their beginning, at most 200.'),
    events: z
      .array(
        z.object({
          id: z.string(),
          viewId: z.string(),
          type: z.enum([
            'custom',
            'error',
            'action',
            'resource',
            'longtask',
            'timing',
            'flag',
            'navigation',
            'loss',
          ]),
          name: z.string(),
          at: time,
          duration: number,
          data: record.describe('What only its type has, as docs/protocol.md names it.'),
        }),
      )
      .describe('By time, at most 2,000.'),
    complete: z.boolean().describe('False where there is more than this.'),
    privacy: z.enum(['strict', 'consent']),
    keptDays: z.number().describe('For how many days single views and events are kept.'),
  }),
);

export const journeySchema: z.ZodType<JourneyResponse> = component(
  'Journey',
  z.object({
    range,
    anchor: text.describe('Null: the first, or the last, page of each session.'),
    direction: z.enum(['from', 'to']),
    depth: count,
    sessions: count.describe('Those that have the anchor; each counts once, from the first time on.'),
    nodes: z.array(
      z.object({
        layer: count.describe('Steps from the anchor.'),
        kind: z
          .enum(['route', 'other', 'exit', 'open', 'entry'])
          .describe('open: sessions that may still go on. other: rarer routes together.'),
        route: z.string(),
        sessions: count,
        routes: count.describe('How many routes it stands for.'),
      }),
    ),
    links: z.array(
      z.object({
        source: count.describe('Place in nodes, nearer to the anchor.'),
        target: count,
        sessions: count,
        back: count.describe('Of those, how many went back to where they had been right before.'),
      }),
    ),
    seen,
  }),
);

const ends = z.tuple([z.number(), z.number()]);
const share = component(
  'Proportion',
  z.object({
    part: count,
    whole: count,
    share: z.number().nullable(),
    interval: ends.nullable().describe('95 %, by Wilson’s score.'),
  }),
);
const step = { kind: z.enum(STEP_KINDS), name: z.string() };
const stepVital = component(
  'StepVital',
  z.object({
    p75: z.number(),
    interval: ends
      .nullable()
      .describe('95 % of p75, by order statistics. Null where there are fewer than 11.'),
    n: count,
    slow: share.describe('Who needed improvement or was poor there: how many went on.'),
    fast: share,
    difference: z
      .object({ value: z.number(), interval: ends })
      .nullable()
      .describe('Slow less fast, 95 % by Newcombe’s method 10. An association, not a cause.'),
  }),
);

export const funnelSchema: z.ZodType<FunnelResponse> = component(
  'Funnel',
  z.object({
    range,
    sessions: count.describe('Sessions that were looked at.'),
    open: count.describe('Of those that have not taken all steps how many may still go on.'),
    steps: z.array(
      z.object({
        ...step,
        reached: count,
        median: number.describe('ms since the step before.'),
        medianInterval: ends.nullable(),
        fromPrevious: share.nullable(),
        fromFirst: share,
        vitals: z.object({
          lcp: stepVital.nullable(),
          inp: stepVital.nullable(),
          cls: stepVital.nullable(),
          fcp: stepVital.nullable(),
          ttfb: stepVital.nullable(),
        }),
      }),
    ),
    dimension: z.enum(COLUMN_DIMENSIONS),
    segments: z.array(
      z.object({
        value: z.string().describe('Empty: those that have none.'),
        reached: z.array(count),
        conversion: share,
      }),
    ),
    seen,
  }),
);

export const namesSchema: z.ZodType<NamesResponse> = component(
  'Names',
  z.object({
    kind: z.enum(NAMED_KINDS),
    names: z.array(z.object({ name: z.string(), n: count })).describe('Most first, at most 100.'),
    told,
  }),
);

const counted = { part: count, whole: count, share: number, interval: ends.nullable() };
const proportion = z.object({ part: count, whole: count });

export const impactSchema: z.ZodType<ImpactResponse> = component(
  'Impact',
  z.object({
    range,
    goal: z.object(step),
    metric: z.enum(VITAL_NAMES),
    sessions: count.describe('That were looked at, with the vital or without.'),
    total: share.describe('Of the sessions that have the vital, those that had the goal.'),
    p75: number.describe('By nearest rank; ms, CLS unitless.'),
    p75Interval: ends.nullable().describe('95 %, by order statistics.'),
    ratings: z.array(z.object({ rating: z.enum(['good', 'needsImprovement', 'poor']), ...counted })),
    difference: z
      .object({ value: z.number(), interval: ends })
      .nullable()
      .describe('Share of those with a good one less that of the others, 95 % by Newcombe.'),
    buckets: z
      .array(z.object({ from: z.number(), to: z.number(), ...counted }))
      .describe('About as many sessions each, at most ten.'),
    whatIfs: z
      .array(
        z.object({
          target: z.number().describe('What p75 might be.'),
          within: proportion.describe('Sessions that are within it now, and how many of them had the goal.'),
          beyond: proportion,
          actual: z.number().describe('Share of sessions, 0–1.'),
          weighted: z
            .number()
            .describe('If three quarters were within it and each group went on as it does.'),
          interval: ends.describe('Of weighted - actual, 95 %.'),
        }),
      )
      .describe('An association: who waits differs in more than that.'),
    seen,
  }),
);

export const goalsSchema: z.ZodType<GoalsResponse> = component(
  'Goals',
  z.object({
    range,
    goals: z.array(
      z.object({
        ...step,
        total: share.describe('Sessions that had it, of all.'),
        days: z.array(
          z.object({ t: time, part: count, whole: count, share: number, interval: ends.nullable() }),
        ),
      }),
    ),
    seen,
  }),
);

export const retentionSchema: z.ZodType<RetentionResponse> = component(
  'Retention',
  z.object({
    range,
    privacy: z
      .enum(['strict', 'consent'])
      .describe('strict: nobody can be told again, so there are no cohorts.'),
    cohorts: z.array(
      z.object({
        t: time.describe('Begin of the week, a Monday in UTC.'),
        users: count,
        returned: z.array(share).describe('In each week after.'),
      }),
    ),
    since: time.describe('From when on days were looked at.'),
    complete: z.boolean(),
  }),
);
