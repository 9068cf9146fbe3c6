/** A value bound into a statement. Lists and rows travel as one JSON string. */
export type SqlValue = string | number | bigint | boolean | null;

/**
 * The part of a PrismaClient that the store uses. Only the tagged forms: every value is bound, none is spliced in.
 * Structural on purpose: a user's own PrismaClient (7.x, SQLite or PostgreSQL) fits.
 */
export interface SqlClient extends SqlRunner {
  $transaction<T>(
    run: (transaction: SqlRunner) => Promise<T>,
    options?: { maxWait?: number; timeout?: number },
  ): Promise<T>;
  $disconnect(): Promise<void>;
  /** The same for work that nobody waits for. Absent where questions are not held up by it. */
  readonly $forJobs?: SqlClient;
  /**
   * Gives up to 8 MB that deleted rows took back to the file system. Absent where the database does so itself, and on an
   * app's own client.
   */
  $giveSpaceBack?(): Promise<void>;
}

export interface SqlRunner {
  $queryRaw<T = unknown>(query: TemplateStringsArray, ...values: unknown[]): PromiseLike<T>;
  $executeRaw(query: TemplateStringsArray, ...values: unknown[]): PromiseLike<number>;
}
