import { z } from 'zod';
import { OWN_HOST, REQUEST_KINDS } from '../../analysis/requests/requestKey.js';
import { TIMING_KINDS } from '../../analysis/timings/timingsOf.js';
import { COLUMN_DIMENSIONS, NAMED_DIMENSIONS } from '../../store/filters.js';
import { VITAL_NAMES } from '../../store/rows.js';
import { ADMIN_PATHS } from '../api.js';
import { PANEL_CHARTS, PANEL_METRICS } from '../board.js';
import {
  AUDIENCES,
  COMPARISONS,
  DEFAULT_QUESTION,
  MAX_FILTER_LENGTH,
  MAX_FILTER_TEXT,
  MAX_FILTER_VALUES,
  RANGES,
} from '../question.js';
import { ACTION_TABLES } from './actions.js';
import { actionsSchema, timingsSchema } from './activitySchemas.js';
import { alertChange, alertOperations } from './alertSchemas.js';
import { comparisonOperations } from './comparisonSchemas.js';
import { errorDetailSchema, errorsSchema } from './errorSchemas.js';
import { insightChange, insightOperations } from './insightSchemas.js';
import type { Operation } from './operation.js';
import { pathOperations } from './pathOperations.js';
import { requestSchema, requestsSchema } from './requestSchemas.js';
import {
  boardChange,
  boardSchema,
  boardsSchema,
  changesSchema,
  markersSchema,
  noteChange,
  panelSchema,
  savedSchema,
  savedViewChange,
  savedViewsSchema,
  settingsChange,
  settingsSchema,
  shareChange,
  sharedSchema,
  shareSchema,
  sharesSchema,
} from './savedSchemas.js';
import {
  breakdownSchema,
  causesSchema,
  liveSchema,
  overviewSchema,
  valuesSchema,
  vitalSchema,
} from './schemas.js';
import { FORMATS } from './table.js';
import { trendOperations } from './trendSchemas.js';

/** As a filter names it. */
const ANY_DIMENSION = `(${NAMED_DIMENSIONS.join('|')}|property\\.[^:]+)`;

/** Parameters of a question, all of them optional. */
const QUESTION = {
  range: z.enum(RANGES).default('24h').describe('A span that ends now. Not together with from and to.'),
  from: z.int().min(0).optional().describe('Begin of a span of one’s own, epoch ms; together with to.'),
  to: z
    .int()
    .min(0)
    .optional()
    .describe('Its end, epoch ms: at least a minute after from, and at most 396 days.'),
  compare: z
    .enum(COMPARISONS)
    .default(DEFAULT_QUESTION.compare)
    .describe('What the answer is set against: the span right before, or the same one a week earlier.'),
  audience: z.enum(AUDIENCES).default(DEFAULT_QUESTION.audience).describe('Whose views.'),
  filter: z
    .array(
      z
        .string()
        .regex(new RegExp(`^!?${ANY_DIMENSION}:`))
        .max(MAX_FILTER_TEXT),
    )
    .max(MAX_FILTER_VALUES)
    .optional()
    .describe(
      'Keeps views with a value, as in country:DE, or leaves them out, as in !browser:Firefox. Values of one dimension add up, ' +
        'filters of several must all hold. Nothing after the colon: views without a value. A custom property is property. and its ' +
        'name, colons in which are written as %3A, as in property.plan:pro; user needs privacy consent.',
    ),
};

const METRIC = { metric: z.enum(VITAL_NAMES).default('lcp') };
const DIMENSION = { dimension: z.enum(COLUMN_DIMENSIONS).default('route') };
const FORMAT = {
  format: z.enum(FORMATS).default('json').describe('csv, ndjson: only the rows, as a file to keep.'),
};

/** Of every data route, by its path below the endpoint. */
export const OPERATIONS: { readonly [path: string]: Operation } = {
  [ADMIN_PATHS.overview]: {
    summary: 'Totals, vitals and traffic',
    parameters: QUESTION,
    answer: overviewSchema,
  },
  [ADMIN_PATHS.vital]: {
    summary: 'One vital: its distribution, and its percentiles over time',
    parameters: { ...METRIC, ...QUESTION },
    answer: vitalSchema,
  },
  [ADMIN_PATHS.breakdown]: {
    summary:
      'Views and vitals by the values of a dimension, most views first: at most 200, of routes 1,000, in a file all',
    parameters: { ...DIMENSION, ...QUESTION, ...FORMAT },
    answer: breakdownSchema,
  },
  [ADMIN_PATHS.values]: {
    summary: 'What a filter may be set to, most views first; filters of the same dimension are not applied',
    parameters: {
      dimension: z
        .string()
        .regex(new RegExp(`^(${ANY_DIMENSION}|property)$`))
        .default('route')
        .describe('As a filter has it, or property: what custom properties are called.'),
      search: z
        .string()
        .max(MAX_FILTER_LENGTH)
        .optional()
        .describe('Is to be found in the value, whatever its case.'),
      ...QUESTION,
      ...FORMAT,
    },
    answer: valuesSchema,
  },
  [ADMIN_PATHS.causes]: {
    summary:
      'Why a vital is as it is, from what browsers told of the latest views that have it, at most 4,000',
    parameters: { ...METRIC, ...QUESTION, ...FORMAT },
    answer: causesSchema,
  },
  [ADMIN_PATHS.errors]: {
    summary: 'Errors that are alike as groups, most first, at most 200',
    parameters: { ...QUESTION, ...FORMAT },
    answer: errorsSchema,
  },
  [ADMIN_PATHS.error]: {
    summary: 'One group of errors: how often, where and for whom, and what its latest 600 events say',
    parameters: {
      fingerprint: z
        .string()
        .regex(/^[0-9a-f]{16}$/)
        .describe('As the list of groups has it.'),
      ...QUESTION,
    },
    answer: errorDetailSchema,
  },
  [ADMIN_PATHS.savedViews]: {
    summary: 'Pages of the admin that somebody gave a name',
    parameters: {},
    answer: savedViewsSchema,
  },
  [ADMIN_PATHS.markers]: {
    summary: 'What happened in a range: releases that were first seen, and notes; filters are not applied',
    parameters: QUESTION,
    answer: markersSchema,
  },
  [ADMIN_PATHS.changes]: {
    summary: 'Who changed what in the admin, latest first, at most 500',
    parameters: FORMAT,
    answer: changesSchema,
  },
  [ADMIN_PATHS.boards]: { summary: 'All boards, by name', parameters: {}, answer: boardsSchema },
  [ADMIN_PATHS.board]: {
    summary: 'One board',
    parameters: { id: z.string().describe('As the list of boards has it.') },
    answer: boardSchema,
  },
  [ADMIN_PATHS.panel]: {
    summary: 'What one panel of a board shows',
    parameters: {
      metric: z.enum(PANEL_METRICS).default('views'),
      dimension: z.enum(COLUMN_DIMENSIONS).optional().describe('Left out: of all views together.'),
      chart: z.enum(PANEL_CHARTS).optional().describe('By default the first that can draw it.'),
      ...QUESTION,
    },
    answer: panelSchema,
  },
  [ADMIN_PATHS.shares]: {
    summary: 'Links that open a board, latest first',
    parameters: {},
    answer: sharesSchema,
  },
  [ADMIN_PATHS.settings]: { summary: 'What is in force', parameters: {}, answer: settingsSchema },
  [ADMIN_PATHS.requests]: {
    summary: 'What pages asked for and loaded, by template and by host, of all or a sample of some thousand',
    parameters: {
      kind: z.enum(REQUEST_KINDS).default('all').describe('What scripts ask for, or files that pages load.'),
      host: z
        .string()
        .max(MAX_FILTER_LENGTH)
        .optional()
        .describe(`Only of this host; ${OWN_HOST}: of the page’s own origin.`),
      initiator: z
        .string()
        .max(MAX_FILTER_LENGTH)
        .optional()
        .describe('Only of this one, such as fetch or img.'),
      ...QUESTION,
      ...FORMAT,
    },
    answer: requestsSchema,
  },
  [ADMIN_PATHS.request]: {
    summary: 'Requests of one template: how long they take, what became of them, who makes them',
    parameters: {
      key: z
        .string()
        .regex(/^[0-9a-f]{16}$/)
        .describe('As the list of requests has it.'),
      ...QUESTION,
    },
    answer: requestSchema,
  },
  ...pathOperations(QUESTION, FORMAT),
  ...insightOperations(QUESTION, FORMAT),
  ...comparisonOperations(QUESTION, FORMAT),
  ...trendOperations(QUESTION, FORMAT),
  ...alertOperations(FORMAT),
  [ADMIN_PATHS.actions]: {
    summary: 'What visitors did and what of it was frustrating, of all actions or a sample of some thousand',
    parameters: {
      table: z.enum(ACTION_TABLES).default('actions').describe('Which rows a file has.'),
      ...QUESTION,
      ...FORMAT,
    },
    answer: actionsSchema,
  },
  [ADMIN_PATHS.timings]: {
    summary:
      'How long renders, queries, what the app measures, and long tasks take, of all or a sample of some thousand',
    parameters: {
      timing: z
        .enum(['all', ...TIMING_KINDS])
        .default('all')
        .describe('Only of this kind.'),
      ...QUESTION,
      ...FORMAT,
    },
    answer: timingsSchema,
  },
  [ADMIN_PATHS.live]: {
    summary: 'The last 30 minutes: who is there, the latest views and what visitors did',
    parameters: {
      audience: QUESTION.audience,
      filter: QUESTION.filter,
      stream: z
        .literal('')
        .optional()
        .describe(
          'Given: the same every second, as the data of server-sent events; only `now` where nothing changed.',
        ),
    },
    answer: liveSchema,
  },
};

export interface ChangeOperation {
  readonly summary: string;
  readonly body: z.ZodType;
  readonly answer: z.ZodType;
}

/** What an admin changes, by path. */
export const CHANGES: { readonly [path: string]: ChangeOperation } = {
  [ADMIN_PATHS.alerts]: {
    summary: 'Send a message that nothing is the matter, to see whether it arrives',
    body: alertChange,
    answer: savedSchema,
  },
  [ADMIN_PATHS.insights]: {
    summary:
      'Let nobody be told of an incident, or of what a change made, for some hours, or let it be told again',
    body: insightChange,
    answer: savedSchema,
  },
  [ADMIN_PATHS.savedViews]: {
    summary: 'Save a page under a name, or remove one',
    body: savedViewChange,
    answer: savedSchema,
  },
  [ADMIN_PATHS.notes]: {
    summary: 'Note something of a moment, or remove a note',
    body: noteChange,
    answer: savedSchema,
  },
  [ADMIN_PATHS.boards]: { summary: 'Save a board, or remove one', body: boardChange, answer: savedSchema },
  [ADMIN_PATHS.shares]: {
    summary: 'Make a link that opens a board without a sign-in, or revoke one',
    body: shareChange,
    answer: z.union([shareSchema, savedSchema]),
  },
  [ADMIN_PATHS.settings]: {
    summary: 'Set whose batches and which pages are left out',
    body: settingsChange,
    answer: savedSchema,
  },
};

/** What a share link opens, by path. */
export const SHARED_OPERATIONS: { readonly [path: string]: Operation } = {
  [ADMIN_PATHS.shared]: { summary: 'The board that a link opens', parameters: {}, answer: sharedSchema },
  [ADMIN_PATHS.sharedPanel]: {
    summary: 'What one of its panels shows',
    parameters: { id: z.string().describe('Of the panel.') },
    answer: panelSchema,
  },
};
