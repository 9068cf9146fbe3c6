import { newId } from '@rumkit/react-rum/protocol';
import type { z } from 'zod';
import type { Change, Saved, SavedKind, SaveOutcome } from '../../store/savedStore.js';
import type { SavedResponse } from '../api.js';
import type { Viewer } from '../authorize.js';
import { cleanText } from '../cleanText.js';
import { InvalidParameter } from '../question.js';
import { apiError, json } from '../respond.js';
import type { Asked } from './dataRoute.js';

/** A request to change something, of an admin, that the gate has let through. */
export interface ChangeAsked extends Asked {
  readonly viewer: Viewer;
  /** What the body says. */
  readonly body: unknown;
}

/** Makes the change. @throws {InvalidParameter} */
export type ChangeRoute = (asked: ChangeAsked) => Promise<Response>;

/** @throws {InvalidParameter} Naming the first field that is wrong. */
export function readBodyAs<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.join('.') || 'body';
  throw new InvalidParameter(field, `${field}: ${issue?.message ?? 'is wrong'}`);
}

const MAX_SUBJECT = 300;

/** The line about a change, for the list of changes. */
export function changeBy({ viewer, config, now }: ChangeAsked, action: string, subject: string): Change {
  return {
    app: config.app,
    at: now,
    id: newId(now),
    role: viewer.role,
    name: viewer.name,
    action,
    subject: cleanText(subject, MAX_SUBJECT),
  };
}

interface ToSave {
  readonly kind: SavedKind;
  readonly id: string;
  /** Of what it is to replace; 0 where it is new. */
  readonly replaces: number;
  readonly body: object;
  /** Its name, or what there is instead. */
  readonly subject: string;
}

/** Saves a document and says so. */
export async function saveDocument(
  asked: ChangeAsked,
  { kind, id, replaces, body, subject }: ToSave,
): Promise<Response> {
  const { store, config, now } = asked;
  const revision = replaces + 1;
  const document: Saved = { app: config.app, kind, id, revision, savedAt: now, body: JSON.stringify(body) };
  const outcome = await store.save(document, changeBy(asked, `${kind}.save`, subject));
  return outcome === 'saved' ? saved({ id, revision }) : notSaved(outcome);
}

/** Removes a document and says so. */
export async function removeDocument(asked: ChangeAsked, kind: SavedKind, id: string): Promise<Response> {
  const { store, config } = asked;
  const { app } = config;
  const document = await store.savedOne(app, kind, id);
  const subject = document === null ? '' : nameIn(document);
  const removed =
    document !== null &&
    (await store.removeSaved({ app, kind, id }, changeBy(asked, `${kind}.remove`, subject)));
  return removed ? saved({ id, revision: 0 }) : apiError(404, { error: 'not_found', message: GONE });
}

const GONE = 'it is not there any more';

function saved(body: SavedResponse): Response {
  return json(200, body);
}

export function notSaved(outcome: Exclude<SaveOutcome, 'saved'>): Response {
  return apiError(409, {
    error: 'conflict',
    message:
      outcome === 'outdated'
        ? 'somebody else has changed it meanwhile: load it again'
        : 'there are as many as can be kept: remove some first',
  });
}

/** What a document calls itself. */
function nameIn({ body }: Pick<Saved, 'body'>): string {
  const told: unknown = JSON.parse(body);
  if (typeof told !== 'object' || told === null) return '';
  if ('name' in told && typeof told.name === 'string') return told.name;
  return 'text' in told && typeof told.text === 'string' ? told.text : '';
}
