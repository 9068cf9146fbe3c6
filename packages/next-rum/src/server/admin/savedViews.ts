import { newId } from '@rumkit/react-rum/protocol';
import type { SavedView, SavedViewsResponse } from '../api.js';
import { checkPlace } from '../board.js';
import { json } from '../respond.js';
import { type ChangeRoute, readBodyAs, removeDocument, saveDocument } from './change.js';
import type { DataRoute } from './dataRoute.js';
import { savedViewChange } from './savedSchemas.js';

/** Pages of the admin that somebody gave a name. */
export const savedViews: DataRoute = async ({ store, config }) => {
  const documents = await store.saved(config.app, 'view');
  const views = documents.map(({ id, savedAt, body }) => ({
    // Only what was checked is stored.
    ...(JSON.parse(body) as Pick<SavedView, 'name' | 'page' | 'search'>),
    id,
    savedAt,
  }));
  const body: SavedViewsResponse = { views: views.sort((a, b) => a.name.localeCompare(b.name, 'en')) };
  return json(200, body);
};

export const changeSavedViews: ChangeRoute = async (asked) => {
  const change = readBodyAs(savedViewChange, asked.body);
  if (change.do === 'remove') return removeDocument(asked, 'view', change.id);
  const { name, page, search } = change;
  checkPlace(page, search);
  const body = { name, page, search };
  return saveDocument(asked, { kind: 'view', id: newId(asked.now), replaces: 0, body, subject: name });
};
