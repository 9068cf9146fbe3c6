import { createHash, randomBytes } from 'node:crypto';
import type { Saved } from '../../store/savedStore.js';
import type { Share, ShareResponse, SharesResponse } from '../api.js';
import { namesUsers } from '../board.js';
import { InvalidParameter, readQuestion } from '../question.js';
import { apiError, json } from '../respond.js';
import { boardIn } from './boards.js';
import { type ChangeAsked, type ChangeRoute, changeBy, notSaved, readBodyAs } from './change.js';
import type { DataRoute } from './dataRoute.js';
import { shareChange } from './savedSchemas.js';

/** What is kept of a link; the token itself is not. */
export interface KeptShare {
  readonly board: string;
  readonly name: string;
  readonly search: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly revokedAt: number | null;
}

const DAY = 86_400_000;
const TOKEN_BYTES = 32;

export function shareIn({ body }: Pick<Saved, 'body'>): KeptShare {
  // Only what was checked is stored.
  return JSON.parse(body) as KeptShare;
}

/** What a token is stored as: nobody who reads the database can use a link. */
export function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** All links, latest first. */
export const shares: DataRoute = async ({ store, config, now }) => {
  const [documents, boards] = await Promise.all([
    store.saved(config.app, 'share'),
    store.saved(config.app, 'board'),
  ]);
  const names = new Map(boards.map((document) => [document.id, boardIn(document).name]));
  const all = documents.map((document): Share => {
    const { revokedAt, ...share } = shareIn(document);
    const boardName = names.get(share.board) ?? null;
    const state =
      revokedAt !== null
        ? 'revoked'
        : share.expiresAt <= now
          ? 'expired'
          : boardName === null
            ? 'gone'
            : 'open';
    return { ...share, id: document.id, boardName, state };
  });
  const body: SharesResponse = { shares: all.sort((a, b) => b.createdAt - a.createdAt) };
  return json(200, body);
};

export const changeShares: ChangeRoute = async (asked) => {
  const change = readBodyAs(shareChange, asked.body);
  return change.do === 'revoke' ? revoke(asked, change.id) : create(asked, change);
};

async function create(
  asked: ChangeAsked,
  { board, name, days, search }: Pick<KeptShare, 'board' | 'name' | 'search'> & { readonly days: number },
): Promise<Response> {
  const { store, config, now } = asked;
  if (namesUsers(readQuestion(new URLSearchParams(search)))) {
    throw new InvalidParameter('search', 'a link may not say which users it is about: leave out that filter');
  }
  const document = await store.savedOne(config.app, 'board', board);
  if (document === null) return apiError(404, { error: 'not_found', message: 'there is no such board' });
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const [id, expiresAt] = [digestOf(token), now + days * DAY];
  const kept: KeptShare = { board, name, search, createdAt: now, expiresAt, revokedAt: null };
  await removeEnded(asked);
  const outcome = await store.save(
    { app: config.app, kind: 'share', id, revision: 1, savedAt: now, body: JSON.stringify(kept) },
    changeBy(asked, 'share.create', `${name}: ${boardIn(document).name}`),
  );
  if (outcome !== 'saved') return notSaved(outcome);
  const body: ShareResponse = { id, token, expiresAt };
  return json(200, body);
}

/** Of a link that ended a month ago there is nothing left to tell. */
async function removeEnded(asked: ChangeAsked): Promise<void> {
  const { store, config, now } = asked;
  for (const document of await store.saved(config.app, 'share')) {
    const { expiresAt, name } = shareIn(document);
    if (expiresAt > now - 30 * DAY) continue;
    await store.removeSaved(document, changeBy(asked, 'share.remove', name));
  }
}

async function revoke(asked: ChangeAsked, id: string): Promise<Response> {
  const { store, config, now } = asked;
  const document = await store.savedOne(config.app, 'share', id);
  if (document === null) return apiError(404, { error: 'not_found', message: 'there is no such link' });
  const share = shareIn(document);
  const revision = document.revision + 1;
  const outcome = await store.save(
    {
      ...document,
      revision,
      savedAt: now,
      body: JSON.stringify({ ...share, revokedAt: share.revokedAt ?? now } satisfies KeptShare),
    },
    changeBy(asked, 'share.revoke', share.name),
  );
  return outcome === 'saved' ? json(200, { id, revision }) : notSaved(outcome);
}
