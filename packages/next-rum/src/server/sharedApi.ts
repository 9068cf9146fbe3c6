import { timingSafeEqual } from 'node:crypto';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { RumStore } from '../store/store.js';
import { boardIn } from './admin/boards.js';
import { answerPanel } from './admin/panel.js';
import { digestOf, type KeptShare, shareIn } from './admin/shares.js';
import { type AdminParts, answerFailure, askedOf } from './adminApi.js';
import { ADMIN_PATHS, type SharedResponse } from './api.js';
import { namesUsers, narrowQuestion } from './board.js';
import { clientAddress } from './clientAddress.js';
import { connectionAddress } from './connectionAddress.js';
import { DEFAULT_QUESTION, readQuestion, writeQuestion } from './question.js';
import { networkOf } from './rateLimit.js';
import { apiError, json } from './respond.js';

/** Header that the token of a share link comes in: an address ends in logs and histories, and says where a visitor came from. */
const SHARE_HEADER = 'x-rum-share';

/** s */
const WINDOW = 60;
/** Wrong tokens of one address in that time, and questions of one link. */
const MAX_GUESSES = 20;
const MAX_QUESTIONS = 600;

const TOKEN = /^[\w-]{43}$/;

/** What a link opens. */
interface Opened extends KeptShare {
  readonly board: string;
  readonly shown: ReturnType<typeof boardIn>;
}

/**
 * Makes the routes that a share link opens, by path below the endpoint: one board as it is now, and the answers to the questions
 * of its panels, which the link fixed. Nothing that comes with a request but the token and a panel's id has a say in them.
 */
export function createSharedApi(
  parts: AdminParts,
): ReadonlyMap<string, (request: Request) => Promise<Response>> {
  const { config, store, now } = parts;
  const guesses = new RateLimiterMemory({ points: MAX_GUESSES, duration: WINDOW });
  const questions = new RateLimiterMemory({ points: MAX_QUESTIONS, duration: WINDOW });

  async function answer(request: Request, route: (opened: Opened) => Promise<Response>): Promise<Response> {
    const token = request.headers.get(SHARE_HEADER) ?? '';
    const address = networkOf(clientAddress(request.headers, config.trustedProxyHops, connectionAddress()));
    const known = await guesses.get(address);
    if (known !== null && known.consumedPoints >= MAX_GUESSES) return throttled(known);
    const database = await store();
    const opened = TOKEN.test(token) ? await openShare(database, config.app, token, now()) : null;
    if (opened === null) {
      await guesses.penalty(address);
      return apiError(404, { error: 'not_found', message: NOWHERE });
    }
    try {
      await questions.consume(digestOf(token));
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return throttled(refusal);
      throw refusal;
    }
    return route(opened);
  }

  const guarded =
    (route: (request: Request, opened: Opened) => Promise<Response>) =>
    async (request: Request): Promise<Response> => {
      try {
        return sealed(await answer(request, (opened) => route(request, opened)));
      } catch (error) {
        return sealed(answerFailure(error, parts));
      }
    };

  return new Map([
    [
      ADMIN_PATHS.shared,
      guarded(async (_request, { shown, expiresAt }) => {
        const body: SharedResponse = { ...shown, expiresAt };
        return json(200, body);
      }),
    ],
    [
      ADMIN_PATHS.sharedPanel,
      guarded(async (request, { shown, search }) => {
        const id = new URL(request.url).searchParams.get('id');
        const panel = shown.panels.find((known) => known.id === id);
        if (panel === undefined) return apiError(404, { error: 'not_found', message: NO_PANEL });
        const parameters = new URLSearchParams();
        writeQuestion(narrowQuestion(readQuestion(new URLSearchParams(search)), panel.filters), parameters);
        const asked = await askedOf(parts, request, parameters);
        const { metric, dimension, chart } = panel;
        return json(200, await answerPanel(asked, { metric, dimension, chart }));
      }),
    ],
  ]);
}

const NOWHERE = 'this link leads nowhere, or does so no more: ask whoever gave it to you for another one';
const NO_PANEL = 'the board has no such panel';

async function openShare(store: RumStore, app: string, token: string, now: number): Promise<Opened | null> {
  const digest = digestOf(token);
  const document = await store.savedOne(app, 'share', digest);
  // The database found it by the digest, which nobody can choose: how long that takes tells nothing of any token.
  if (document === null || !timingSafeEqual(Buffer.from(document.id), Buffer.from(digest))) return null;
  const share = shareIn(document);
  if (share.revokedAt !== null || share.expiresAt <= now) return null;
  const board = await store.savedOne(app, 'board', share.board);
  if (board === null) return null;
  const shown = boardIn(board);
  // Panels that name users are not for whoever has a link.
  const panels = shown.panels.filter(({ filters }) => !namesUsers(narrowQuestion(DEFAULT_QUESTION, filters)));
  return { ...share, shown: { ...shown, panels } };
}

function throttled({ msBeforeNext }: RateLimiterRes): Response {
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
  return apiError(
    429,
    { error: 'throttled', message: `too many requests; try again in ${seconds} s` },
    { 'retry-after': String(seconds) },
  );
}

/** No search engine is to keep it, and no page that is gone to from there to learn of it. */
function sealed(response: Response): Response {
  response.headers.set('referrer-policy', 'no-referrer');
  response.headers.set('x-robots-tag', 'noindex, nofollow');
  return response;
}
