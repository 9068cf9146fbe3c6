/** A row that the database refused by itself, put aside for an operator to look at. */
export interface DeadLetter {
  readonly app: string;
  /** The row's own id. */
  readonly id: string;
  readonly kind: 'view' | 'event';
  readonly visitor: string;
  /** Epoch ms. */
  readonly receivedAt: number;
  /** What the database said. */
  readonly reason: string;
  /** The row as JSON text, cut at 64 KiB. */
  readonly payload: string;
}

/** How often something was counted in one minute. */
export interface IngestCount {
  /** Start of the minute, epoch ms. */
  readonly minute: number;
  /** Such as `items.accepted` or `batches.refused.malformed`. */
  readonly counter: string;
  readonly amount: number;
}

/** Names what is added to the counts in one go. */
export interface CountDelivery {
  readonly id: string;
  /** Minute that it began in, epoch ms. */
  readonly minute: number;
  /** The one before, known to be committed, and so never to come again; null where there was none. */
  readonly known: { readonly id: string; readonly minute: number } | null;
}

/** What is shared by all collectors that write to one database. */
export interface IngestStore {
  /**
   * Puts rows aside. At most 1,000 are kept, for 30 days; further ones are dropped, since whoever can make one can make a
   * million. Putting one aside again changes nothing.
   */
  putAside(letters: readonly DeadLetter[]): Promise<void>;
  /** What was put aside, latest first. */
  deadLetters(app: string, limit: number): Promise<readonly DeadLetter[]>;
  /** How many rows are put aside, of all apps. */
  countDeadLetters(): Promise<number>;
  /** The same by what the database said, most first, at most `limit` reasons. */
  deadLetterReasons(limit: number): Promise<ReadonlyMap<string, number>>;
  /**
   * Adds to what is counted for these minutes, each minute and counter once. Counts older than 48 h are deleted.
   *
   * @param delivery Where it is the same as one before, nothing is added: whoever does not learn whether his counts were
   *   committed delivers them again.
   */
  addCounts(counts: readonly IngestCount[], now: number, delivery?: CountDelivery): Promise<void>;
  /** Everything counted in `from <= minute < to`, by minute. */
  counts(from: number, to: number): Promise<readonly IngestCount[]>;
  /** Sum of each counter over `from <= minute < to`. */
  sumCounts(from: number, to: number): Promise<ReadonlyMap<string, number>>;
  /**
   * Takes labels of one kind into the list of their day as long as there are fewer than `limit`, and gives the whole list.
   * Those of the day before keep their places until they come: new ones are taken only where there is room besides, so that
   * whoever makes up labels cannot drive out what is known. Instances that do so at the same moment may pass the limit by
   * what they each had room for. Lists of days before `day`'s eve are deleted.
   *
   * @param day UTC, such as `2026-11-23`.
   */
  admitLabels(
    list: { readonly app: string; readonly day: string; readonly kind: string },
    labels: readonly string[],
    limit: number,
  ): Promise<AdmittedLabels>;
  /**
   * Adds points to a key's window, which begins with its first point and ends by itself, and gives its state.
   *
   * @param change `windowMs`: length of a window that begins now; `restart`: begins one in any case.
   */
  addPoints(
    key: string,
    points: number,
    change: { readonly now: number; readonly windowMs: number; readonly restart: boolean },
  ): Promise<RateWindow>;
  /** The window of a key; null where none is open. */
  points(key: string, now: number): Promise<RateWindow | null>;
  /** Ends the window of a key, or all that have run out; resolves with how many. */
  endWindows(which: { readonly key: string } | { readonly before: number }): Promise<number>;
}

/** The labels of one app, day and kind. */
export interface AdmittedLabels {
  readonly admitted: ReadonlySet<string>;
  /** Those of the day before that were not seen yet and for which a place is kept. */
  readonly kept: ReadonlySet<string>;
}

export interface RateWindow {
  readonly points: number;
  /** Epoch ms. */
  readonly expiresAt: number;
}
