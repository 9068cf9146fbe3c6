import type { VitalName } from '@rumkit/react-rum/protocol';
import {
  ADMIN_PATHS,
  type FunnelResponse,
  type GoalsResponse,
  type ImpactResponse,
  type JourneyResponse,
  type NamesResponse,
  type PathStep,
  type RetentionResponse,
  type SessionResponse,
  type SessionsResponse,
} from '../../server/api.js';
import { type Question, writeQuestion } from '../../server/question.js';
import type { Dimension } from '../dimensions.js';
import { type JourneyChoice, type PathState, stepKey } from './pathState.js';

type SessionChoice = Pick<PathState, 'troubles' | 'leastViews'>;
type FunnelChoice = Pick<PathState, 'steps' | 'window'>;
/** How often a goal is had, by which vital. */
export interface ImpactChoice {
  readonly goal: PathStep;
  readonly metric: VitalName;
}

type Format = 'csv' | 'ndjson';

/** What the admin asks about visits. Every method rejects with `ApiFailure`. */
export interface PathsApi {
  sessions(question: Question, choice: SessionChoice, signal: AbortSignal): Promise<SessionsResponse>;
  session(question: Question, id: string, signal: AbortSignal): Promise<SessionResponse>;
  journey(question: Question, choice: JourneyChoice, signal: AbortSignal): Promise<JourneyResponse>;
  /** What events or actions were called of late. */
  names(question: Question, kind: NamesResponse['kind'], signal: AbortSignal): Promise<NamesResponse>;
  /** @param by What segments are told apart by. */
  funnel(
    question: Question,
    choice: FunnelChoice,
    by: Dimension,
    signal: AbortSignal,
  ): Promise<FunnelResponse>;
  goals(question: Question, goals: PathState['goals'], signal: AbortSignal): Promise<GoalsResponse>;
  impact(question: Question, choice: ImpactChoice, signal: AbortSignal): Promise<ImpactResponse>;
  retention(question: Question, signal: AbortSignal): Promise<RetentionResponse>;
  /** Where the links of a journey are found as a file to keep. */
  journeyFile(question: Question, choice: JourneyChoice, format: Format): string;
  funnelFile(question: Question, choice: FunnelChoice, by: Dimension, format: Format): string;
  goalsFile(question: Question, goals: PathState['goals'], format: Format): string;
  impactFile(question: Question, choice: ImpactChoice, format: Format): string;
  retentionFile(question: Question, format: Format): string;
  /** Where listed sessions are found as a file to keep. */
  sessionsFile(question: Question, choice: SessionChoice, format: Format): string;
}

/**
 * @param get Asks for an answer below the endpoint.
 * @param address Where a path below the endpoint is found.
 */
export function createPathsApi(
  get: <T>(path: string, signal: AbortSignal, search?: string) => Promise<T>,
  address: (path: string) => string,
): PathsApi {
  return {
    sessions: (question, choice, signal) =>
      get(ADMIN_PATHS.sessions, signal, search(question, ofSessions(choice))),
    session: ({ audience }, id, signal) =>
      get(ADMIN_PATHS.session, signal, `?${new URLSearchParams({ id, audience })}`),
    journey: (question, choice, signal) =>
      get(ADMIN_PATHS.journey, signal, search(question, ofJourney(choice))),
    names: (question, kind, signal) => get(ADMIN_PATHS.names, signal, search(question, [['kind', kind]])),
    funnel: (question, choice, by, signal) =>
      get(ADMIN_PATHS.funnel, signal, search(question, ofFunnel(choice, by))),
    goals: (question, goals, signal) => get(ADMIN_PATHS.goals, signal, search(question, ofGoals(goals))),
    impact: (question, choice, signal) => get(ADMIN_PATHS.impact, signal, search(question, ofImpact(choice))),
    retention: (question, signal) => get(ADMIN_PATHS.retention, signal, search(question, [])),
    journeyFile: (question, choice, format) =>
      `${address(ADMIN_PATHS.journey)}${search(question, [...ofJourney(choice), ['format', format]])}`,
    funnelFile: (question, choice, by, format) =>
      `${address(ADMIN_PATHS.funnel)}${search(question, [...ofFunnel(choice, by), ['format', format]])}`,
    goalsFile: (question, goals, format) =>
      `${address(ADMIN_PATHS.goals)}${search(question, [...ofGoals(goals), ['format', format]])}`,
    impactFile: (question, choice, format) =>
      `${address(ADMIN_PATHS.impact)}${search(question, [...ofImpact(choice), ['format', format]])}`,
    retentionFile: (question, format) =>
      `${address(ADMIN_PATHS.retention)}${search(question, [['format', format]])}`,
    sessionsFile: (question, choice, format) =>
      `${address(ADMIN_PATHS.sessions)}${search(question, [...ofSessions(choice), ['format', format]])}`,
  };
}

type Parameters = readonly (readonly [name: string, value: string])[];

function ofSessions({ troubles, leastViews }: SessionChoice): Parameters {
  return [
    ...troubles.map((trouble) => ['with', trouble] as const),
    ...(leastViews > 1 ? [['views', String(leastViews)] as const] : []),
  ];
}

function ofJourney({ anchor, direction, depth, share }: JourneyChoice): Parameters {
  const where: Parameters = anchor === null ? [] : [['route', anchor]];
  return [...where, ['direction', direction], ['depth', String(depth)], ['share', share]];
}

function ofFunnel({ steps, window }: FunnelChoice, by: Dimension): Parameters {
  const within: Parameters = window === '' ? [] : [['window', window]];
  return [...steps.map((step) => ['step', stepKey(step)] as const), ...within, ['dimension', by]];
}

function ofGoals(goals: PathState['goals']): Parameters {
  return goals.map((goal) => ['goal', stepKey(goal)] as const);
}

function ofImpact({ goal, metric }: ImpactChoice): Parameters {
  return [
    ['goal', stepKey(goal)],
    ['metric', metric],
  ];
}

function search(question: Question, more: Parameters): string {
  const parameters = new URLSearchParams(more.map(([name, value]) => [name, value]));
  writeQuestion(question, parameters);
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
