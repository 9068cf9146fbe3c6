import { z } from 'zod';
import { VITAL_NAMES } from '../../store/rows.js';
import type { SessionResponse, SessionsResponse } from '../api.js';
import { component, count, range, time } from './schemaParts.js';

const text = z.string().nullable();
const number = z.number().nullable();

const seen = component(
  'SeenViews',
  z.object({
    views: count.describe('How many single views were looked at.'),
    since: time.describe('From when on sessions are told of, epoch ms.'),
    complete: z.boolean().describe('Whether those are all of the range.'),
  }),
);

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
