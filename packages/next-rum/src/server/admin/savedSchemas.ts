import { z } from 'zod';
import { COLUMN_DIMENSIONS } from '../../store/filters.js';
import type {
  BoardChange,
  BoardResponse,
  BoardsResponse,
  ChangesResponse,
  MarkersResponse,
  NoteChange,
  PanelResponse,
  SavedResponse,
  SavedViewChange,
  SavedViewsResponse,
  SettingsChange,
  SettingsResponse,
  ShareChange,
  SharedResponse,
  ShareResponse,
  SharesResponse,
} from '../api.js';
import {
  chartsOf,
  MAX_NAME,
  MAX_NOTE,
  MAX_PANELS,
  narrowQuestion,
  PANEL_CHARTS,
  PANEL_METRICS,
  PANEL_WIDTHS,
} from '../board.js';
import { checkRules, MAX_RULES } from '../ignored.js';
import { DEFAULT_QUESTION, InvalidParameter, MAX_FILTER_TEXT, MAX_FILTER_VALUES } from '../question.js';
import { component, count, oneIn, range, time } from './schemaParts.js';
import { p75Interval, vitalFigures } from './schemas.js';

/** Text that somebody typed: what cannot be seen is no name. */
const text = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((value) => !/[\0\p{Surrogate}]/u.test(value), 'has characters that cannot be stored');
const id = z.string().regex(/^[\w-]{1,64}$/);
const replaces = z.int().min(0).max(1_000_000_000).describe('Revision that was seen; 0 for a new one.');
const remove = z.strictObject({ do: z.literal('remove'), id });

export const savedViewChange: z.ZodType<SavedViewChange> = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('save'),
    name: text(MAX_NAME),
    page: z.string().describe('Path below the admin’s own page.'),
    search: z.string().describe('Query string of the admin.'),
  }),
  remove,
]);

export const noteChange: z.ZodType<NoteChange> = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('save'), at: z.int().min(0).max(8.64e15), text: text(MAX_NOTE) }),
  remove,
]);

const panelShape = {
  id,
  title: z.string().trim().max(MAX_NAME),
  metric: z.enum(PANEL_METRICS),
  dimension: z.enum(COLUMN_DIMENSIONS).nullable(),
  chart: z.enum(PANEL_CHARTS),
  width: z.literal(PANEL_WIDTHS),
  filters: z.array(z.string().max(MAX_FILTER_TEXT)).max(MAX_FILTER_VALUES),
};
const givenPanel = z
  .strictObject(panelShape)
  .refine(({ metric, dimension, chart }) => chartsOf(metric, dimension).includes(chart), {
    path: ['chart'],
    message: 'cannot draw this metric by this dimension',
  })
  .superRefine(({ filters }, context) => {
    try {
      narrowQuestion(DEFAULT_QUESTION, filters);
    } catch (error) {
      if (!(error instanceof InvalidParameter)) throw error;
      context.addIssue({ code: 'custom', path: ['filters'], message: error.message });
    }
  });

export const boardChange: z.ZodType<BoardChange> = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('save'),
    id: id.nullable().describe('Null for a new one.'),
    replaces,
    name: text(MAX_NAME),
    panels: z
      .array(givenPanel)
      .max(MAX_PANELS)
      .refine(
        (panels) => new Set(panels.map((panel) => panel.id)).size === panels.length,
        'an id is there twice',
      ),
  }),
  remove,
]);

const MAX_SHARE_DAYS = 365;

export const shareChange: z.ZodType<ShareChange> = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('create'),
    board: id,
    name: text(MAX_NAME).describe('For whom or what it is.'),
    days: z.int().min(1).max(MAX_SHARE_DAYS),
    search: z.string().max(8000).describe('The question that it answers, as a query string.'),
  }),
  z.strictObject({ do: z.literal('revoke'), id: z.string().regex(/^[0-9a-f]{64}$/) }),
]);

export const settingsChange: z.ZodType<SettingsChange> = z
  .strictObject({
    replaces,
    addresses: z.array(z.string().trim().max(64)).max(MAX_RULES),
    paths: z.array(z.string().trim().max(512)).max(MAX_RULES),
  })
  .superRefine(({ addresses, paths }, context) => {
    const problem = checkRules({ addresses, paths });
    if (problem !== null)
      context.addIssue({ code: 'custom', path: [problem.field], message: problem.message });
  });

export const savedSchema: z.ZodType<SavedResponse> = component(
  'Saved',
  z.object({ id: z.string(), revision: count }),
);

export const savedViewsSchema: z.ZodType<SavedViewsResponse> = component(
  'SavedViews',
  z.object({
    views: z.array(
      z.object({ id: z.string(), name: z.string(), page: z.string(), search: z.string(), savedAt: time }),
    ),
  }),
);

export const markersSchema: z.ZodType<MarkersResponse> = component(
  'Markers',
  z.object({
    range,
    releases: z.array(
      z.object({
        release: z.string(),
        at: time.describe('Begin of the bucket of its first view, epoch ms.'),
      }),
    ),
    notes: z.array(z.object({ id: z.string(), at: time, text: z.string() })),
  }),
);

export const changesSchema: z.ZodType<ChangesResponse> = component(
  'Changes',
  z.object({
    changes: z.array(
      z.object({
        at: time,
        role: z.string(),
        name: z.string().describe('As authorize names whoever it was; empty where it does not.'),
        action: z.string(),
        subject: z.string(),
      }),
    ),
    truncated: z.boolean(),
  }),
);

const panel = z.object(panelShape);
const boardShape = {
  id: z.string(),
  revision: count,
  name: z.string(),
  panels: z.array(panel),
  savedAt: time,
};

export const boardsSchema: z.ZodType<BoardsResponse> = component(
  'Boards',
  z.object({
    boards: z.array(z.object({ id: z.string(), name: z.string(), panels: count, savedAt: time })),
  }),
);

export const boardSchema: z.ZodType<BoardResponse> = component('Board', z.object(boardShape));

export const panelSchema: z.ZodType<PanelResponse> = component(
  'Panel',
  z.object({
    range,
    oneIn,
    metric: z.enum(PANEL_METRICS),
    dimension: z.enum(COLUMN_DIMENSIONS).nullable(),
    chart: z.enum(PANEL_CHARTS),
    value: z.number().nullable().describe('Over all: a count, or the p75 of a vital.'),
    before: z.number().nullable().describe('The same of the span compared with.'),
    figures: vitalFigures.nullable().describe('Of a vital.'),
    series: z
      .array(
        z.object({ t: time, until: time, value: z.number().nullable(), interval: p75Interval, n: count }),
      )
      .describe('Oldest first: of a count each bucket, of a vital points of at least 30 views.'),
    rows: z.array(z.object({ value: z.string(), views: count, figures: vitalFigures.nullable() })),
    histogram: z.array(z.object({ low: z.number(), high: z.number(), n: count })),
  }),
);

export const sharesSchema: z.ZodType<SharesResponse> = component(
  'Shares',
  z.object({
    shares: z.array(
      z.object({
        id: z.string().describe('SHA-256 of the token, which nobody keeps.'),
        board: z.string(),
        boardName: z.string().nullable().describe('Null where the board is gone.'),
        name: z.string(),
        search: z.string(),
        createdAt: time,
        expiresAt: time,
        state: z.enum(['open', 'expired', 'revoked', 'gone']),
      }),
    ),
  }),
);

export const shareSchema: z.ZodType<ShareResponse> = component(
  'Share',
  z.object({ id: z.string(), token: z.string().describe('Told once.'), expiresAt: time }),
);

export const sharedSchema: z.ZodType<SharedResponse> = component(
  'Shared',
  z.object({ name: z.string(), panels: z.array(panel), expiresAt: time }),
);

const rules = z.object({
  revision: count,
  addresses: z.array(z.string()),
  paths: z.array(z.string()),
  savedAt: time.nullable(),
});

export const settingsSchema: z.ZodType<SettingsResponse> = component(
  'Settings',
  z.object({
    app: z.string(),
    endpoint: z.string(),
    database: z.enum(['sqlite', 'postgresql']),
    privacy: z.enum(['strict', 'consent']),
    retention: z.object({ raw: z.number(), minutes: z.number(), hours: z.number(), days: z.number() }),
    bots: z.enum(['apart', 'counted']),
    allowedOrigins: z.array(z.string()),
    trustedProxyHops: count,
    countryDatabase: z.boolean(),
    keys: z.array(z.object({ name: z.string(), app: z.string().nullable(), since: z.string().nullable() })),
    rateLimit: z
      .object({ perKey: count, perAddress: count, store: z.enum(['memory', 'database', 'redis']) })
      .nullable(),
    labels: z.object({ routes: count, releases: count, names: count }),
    signIn: z.enum(['password', 'own', 'none']),
    ignored: rules,
  }),
);
