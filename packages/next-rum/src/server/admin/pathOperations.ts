import { z } from 'zod';
import { COLUMN_DIMENSIONS } from '../../store/filters.js';
import { VITAL_NAMES } from '../../store/rows.js';
import {
  ADMIN_PATHS,
  DIRECTIONS,
  LEAST_SHARES,
  MAX_DEPTH,
  MAX_GOALS,
  MAX_SESSION_VIEWS,
  MAX_STEPS,
  MAX_WINDOW,
  NAMED_KINDS,
  SESSION_TROUBLES,
} from '../api.js';
import type { Operation } from './operation.js';
import {
  funnelSchema,
  goalsSchema,
  impactSchema,
  journeySchema,
  namesSchema,
  retentionSchema,
  sessionSchema,
  sessionsSchema,
} from './pathSchemas.js';

const STEP = z
  .string()
  .regex(/^(view|custom|action):/)
  .max(520);

type Parameters = Operation['parameters'];

/** Of the data routes about what visitors did one after the other, by their paths below the endpoint. */
export function pathOperations(
  question: Parameters,
  format: Parameters,
): { readonly [path: string]: Operation } {
  return {
    [ADMIN_PATHS.sessions]: {
      summary: 'The latest sessions that began in a range, at most 100, among the latest 30,000 views',
      parameters: {
        with: z
          .array(z.enum(SESSION_TROUBLES))
          .optional()
          .describe('Only sessions with all of these: errors, frustrated actions, a poor vital.'),
        views: z
          .int()
          .min(1)
          .max(MAX_SESSION_VIEWS)
          .default(1)
          .describe('Only sessions of at least so many views.'),
        ...question,
        ...format,
      },
      answer: sessionsSchema,
    },
    [ADMIN_PATHS.session]: {
      summary: 'The session that a view is part of, in full',
      parameters: {
        id: z.uuid().describe('Of the view; a session has that of its first one.'),
        audience: question.audience ?? z.string(),
      },
      answer: sessionSchema,
    },
    [ADMIN_PATHS.journey]: {
      summary: 'What sessions did after, or before, they were somewhere, of all sessions or a sample of them',
      parameters: {
        route: z
          .string()
          .max(512)
          .optional()
          .describe('Where; without it the first page of each session, or the last.'),
        direction: z.enum(DIRECTIONS).default('from'),
        depth: z.int().min(1).max(MAX_DEPTH).default(3).describe('Steps beside it.'),
        share: z
          .enum(LEAST_SHARES)
          .default('2')
          .describe('Routes that fewer sessions have at a step are counted together, percent.'),
        ...question,
        ...format,
      },
      answer: journeySchema,
    },
    [ADMIN_PATHS.names]: {
      summary: 'What the latest 5,000 events or actions were called, most first: what a step may be',
      parameters: { kind: z.enum(NAMED_KINDS).default('custom'), ...question, ...format },
      answer: namesSchema,
    },
    [ADMIN_PATHS.funnel]: {
      summary: 'How far visitors came of some steps, of all sessions or a sample of them',
      parameters: {
        step: z
          .array(STEP)
          .min(2)
          .max(MAX_STEPS)
          .describe('In their order: view:/cart, custom:order, action:Buy.'),
        window: z
          .int()
          .min(1)
          .max(MAX_WINDOW)
          .optional()
          .describe('Minutes in which all have to be taken, from the first on; without it within a session.'),
        dimension: z.enum(COLUMN_DIMENSIONS).default('device').describe('What segments are told apart by.'),
        ...question,
        ...format,
      },
      answer: funnelSchema,
    },
    [ADMIN_PATHS.goals]: {
      summary: 'How many sessions had each of some views or events, by UTC day',
      parameters: {
        goal: z.array(STEP).min(1).max(MAX_GOALS).describe('As a step of a funnel.'),
        ...question,
        ...format,
      },
      answer: goalsSchema,
    },
    [ADMIN_PATHS.impact]: {
      summary: 'How often sessions had a goal, by a vital of theirs, and what if it were better',
      parameters: {
        goal: STEP.describe('As a step of a funnel.'),
        metric: z.enum(VITAL_NAMES).default('lcp'),
        ...question,
        ...format,
      },
      answer: impactSchema,
    },
    [ADMIN_PATHS.retention]: {
      summary:
        'Which users came again in later weeks; only under consent, and where the application names them',
      parameters: { ...question, ...format },
      answer: retentionSchema,
    },
  };
}
