import type { IngestStore } from '../store/ingestStore.js';

/** ms between two sweeps of windows that have run out. */
const SWEEP_EVERY = 60_000;

/** A row as rate-limiter-flexible knows it. */
interface RateRow {
  readonly key: string;
  readonly points: number;
  readonly expire: Date;
}

/**
 * The suite's table of rates in the form of a Prisma model, which is one of the stores that rate-limiter-flexible counts
 * in (https://github.com/animir/node-rate-limiter-flexible/wiki/Prisma), so that all instances keep to one limit.
 */
export function rateTable(store: IngestStore, now: () => number) {
  let sweptAt = 0;

  const rowOf = (key: string, { points, expiresAt }: { points: number; expiresAt: number }): RateRow => ({
    key,
    points,
    expire: new Date(expiresAt),
  });

  return {
    upsert: async ({ create, update }: { create: RateRow; update: { expire?: Date } }): Promise<RateRow> => {
      const time = now();
      if (time - sweptAt >= SWEEP_EVERY) {
        sweptAt = time;
        await store.endWindows({ before: time });
      }
      const change = {
        now: time,
        windowMs: create.expire.getTime() - time,
        restart: update.expire !== undefined,
      };
      return rowOf(create.key, await store.addPoints(create.key, create.points, change));
    },
    findFirst: async ({
      where,
    }: {
      where: { AND: readonly [{ key: string }, object] };
    }): Promise<RateRow | null> => {
      const { key } = where.AND[0];
      const window = await store.points(key, now());
      return window === null ? null : rowOf(key, window);
    },
    deleteMany: async ({
      where,
    }: {
      where: { key: string; expire?: object };
    }): Promise<{ count: number }> => {
      // Adding to a window that has run out begins the next one by itself, in the same statement.
      if (where.expire !== undefined) return { count: 0 };
      return { count: await store.endWindows({ key: where.key }) };
    },
  };
}
