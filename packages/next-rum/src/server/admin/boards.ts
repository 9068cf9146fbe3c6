import { newId } from '@rumkit/react-rum/protocol';
import type { Saved } from '../../store/savedStore.js';
import type { BoardResponse, BoardsResponse } from '../api.js';
import { MAX_BOARDS } from '../board.js';
import { InvalidParameter } from '../question.js';
import { apiError, json } from '../respond.js';
import { type ChangeRoute, notSaved, readBodyAs, removeDocument, saveDocument } from './change.js';
import type { DataRoute } from './dataRoute.js';
import { boardChange } from './savedSchemas.js';

type Kept = Pick<BoardResponse, 'name' | 'panels'>;

/** What is kept of a board. Only what was checked is stored. */
export function boardIn({ body }: Pick<Saved, 'body'>): Kept {
  return JSON.parse(body) as Kept;
}

/** All boards, by name. */
export const boards: DataRoute = async ({ store, config }) => {
  const documents = await store.saved(config.app, 'board');
  const all = documents.map((document) => {
    const { name, panels } = boardIn(document);
    return { id: document.id, name, panels: panels.length, savedAt: document.savedAt };
  });
  const body: BoardsResponse = { boards: all.sort((a, b) => a.name.localeCompare(b.name, 'en')) };
  return json(200, body);
};

/** One board. */
export const board: DataRoute = async ({ parameters, store, config }) => {
  const id = parameters.get('id') ?? '';
  if (!/^[\w-]{1,64}$/.test(id)) {
    throw new InvalidParameter('id', 'id must be that of a board, as the list of boards has it');
  }
  const document = await store.savedOne(config.app, 'board', id);
  if (document === null) return apiError(404, { error: 'not_found', message: 'there is no such board' });
  const body: BoardResponse = {
    ...boardIn(document),
    id,
    revision: document.revision,
    savedAt: document.savedAt,
  };
  return json(200, body);
};

export const changeBoards: ChangeRoute = async (asked) => {
  const { store, config, now } = asked;
  const change = readBodyAs(boardChange, asked.body);
  if (change.do === 'remove') return removeDocument(asked, 'board', change.id);
  const { id, replaces, name, panels } = change;
  if (id === null && (await store.saved(config.app, 'board')).length >= MAX_BOARDS) return notSaved('full');
  return saveDocument(asked, {
    kind: 'board',
    id: id ?? newId(now),
    replaces: id === null ? 0 : replaces,
    body: { name, panels },
    subject: name,
  });
};
