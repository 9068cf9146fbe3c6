import type { Change } from '../../store/savedStore.js';
import type { ReleaseStart } from '../../store/store.js';
import type { ResolvedRange } from './commonApi.js';

/** What a change is answered with. */
export interface SavedResponse {
  readonly id: string;
  /** Of what is kept now; 0 where it was removed. */
  readonly revision: number;
}

/** Body of a `POST` that takes something away. */
export interface Removal {
  readonly do: 'remove';
  readonly id: string;
}

/** `POST {endpoint}/admin/saved-views` */
export type SavedViewChange =
  | { readonly do: 'save'; readonly name: string; readonly page: string; readonly search: string }
  | Removal;

/** `POST {endpoint}/admin/notes` */
export type NoteChange = { readonly do: 'save'; readonly at: number; readonly text: string } | Removal;

/** A page of the admin, and what is asked on it, under a name. */
export interface SavedView {
  readonly id: string;
  readonly name: string;
  /** Path below the admin's own page. */
  readonly page: string;
  /** Query string of the admin. */
  readonly search: string;
  readonly savedAt: number;
}

/** `GET {endpoint}/admin/saved-views`, by name. */
export interface SavedViewsResponse {
  readonly views: readonly SavedView[];
}

/** What somebody said of a moment. */
export interface Note {
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  readonly text: string;
}

/** `GET {endpoint}/admin/markers` with the parameters of a {@link Question}: what happened in a range, whatever its filters. */
export interface MarkersResponse {
  readonly range: ResolvedRange;
  /** Those first seen in the range, at most the latest 50, oldest first. */
  readonly releases: readonly ReleaseStart[];
  /** Oldest first. */
  readonly notes: readonly Note[];
}

/** `GET {endpoint}/admin/changes`: who changed what, latest first, at most 500. */
export interface ChangesResponse {
  readonly changes: readonly ChangeLine[];
  readonly truncated: boolean;
}

type ChangeLine = Omit<Change, 'app' | 'id'>;
