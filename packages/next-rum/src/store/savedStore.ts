/** What a team keeps in the admin. `note`: said of a moment, shown on charts. `snooze`: which incidents are not to be told of. */
export type SavedKind = 'view' | 'note' | 'board' | 'share' | 'setting' | 'snooze';

/** Most documents of one kind and app. */
export const MOST_SAVED = 1000;

/** A document that somebody saved. */
export interface Saved {
  readonly app: string;
  readonly kind: SavedKind;
  /** Of its kind and app. */
  readonly id: string;
  /** 1 when it is new, and one more at each change. */
  readonly revision: number;
  /** Epoch ms. */
  readonly savedAt: number;
  /** JSON. */
  readonly body: string;
}

/** Who changed what, and when. */
export interface Change {
  readonly app: string;
  /** Epoch ms. */
  readonly at: number;
  readonly id: string;
  readonly role: string;
  /** Who it was, as far as the app tells; empty where it does not. */
  readonly name: string;
  /** Such as `board.save`. */
  readonly action: string;
  /** What it was done to, in words. */
  readonly subject: string;
}

/**
 * `outdated`: what is stored is not the revision before. `full`: there are {@link MOST_SAVED} already.
 */
export type SaveOutcome = 'saved' | 'outdated' | 'full';

/** Where what a team keeps in the admin is. A document and the line about it are written together or not at all. */
export interface SavedStore {
  /** By id. */
  saved(app: string, kind: SavedKind): Promise<readonly Saved[]>;
  savedOne(app: string, kind: SavedKind, id: string): Promise<Saved | null>;
  /** Writes a document in the place of its revision before. Changes of over 13 months ago are deleted. */
  save(document: Saved, change: Change): Promise<SaveOutcome>;
  /** False where there is no such document. */
  removeSaved(document: Pick<Saved, 'app' | 'kind' | 'id'>, change: Change): Promise<boolean>;
  /** Latest first. */
  changes(app: string, limit: number): Promise<readonly Change[]>;
}
