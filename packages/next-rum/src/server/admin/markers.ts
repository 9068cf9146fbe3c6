import { newId } from '@rumkit/react-rum/protocol';
import type { MarkersResponse, Note } from '../api.js';
import { json } from '../respond.js';
import { type ChangeRoute, readBodyAs, removeDocument, saveDocument } from './change.js';
import { type DataRoute, resolve } from './dataRoute.js';
import { noteChange } from './savedSchemas.js';

/** More would hide what they are drawn over. */
const MAX_RELEASES = 50;

/** What happened in a range: releases that were first seen, and what somebody noted. */
export const markers: DataRoute = async (asked) => {
  const { store, config } = asked;
  const { range, views } = resolve(asked);
  const [releases, documents] = await Promise.all([
    store.releaseStarts(views, range.bucketMs, MAX_RELEASES),
    store.saved(config.app, 'note'),
  ]);
  const notes = documents.map(({ id, body }) => ({
    // Only what was checked is stored.
    ...(JSON.parse(body) as Pick<Note, 'at' | 'text'>),
    id,
  }));
  const body: MarkersResponse = {
    range,
    releases,
    notes: notes.filter(({ at }) => at >= range.from && at < range.to).sort((a, b) => a.at - b.at),
  };
  return json(200, body);
};

export const changeNotes: ChangeRoute = async (asked) => {
  const change = readBodyAs(noteChange, asked.body);
  if (change.do === 'remove') return removeDocument(asked, 'note', change.id);
  const { at, text } = change;
  return saveDocument(asked, {
    kind: 'note',
    id: newId(asked.now),
    replaces: 0,
    body: { at, text },
    subject: text,
  });
};
