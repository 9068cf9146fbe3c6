import type { Migration } from './applyMigrations.js';

/** prisma/migrations/{provider}/*.sql in the order of their names, bundled by scripts/generatePrisma.mjs. */
export declare const MIGRATIONS: {
  readonly [provider in 'sqlite' | 'postgresql']: readonly Migration[];
};
