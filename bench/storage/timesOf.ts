import type { Query } from './adminQueries.js';
import { percentile } from './percentile.js';

export interface Timed {
  readonly name: string;
  /** ms, of each database. */
  readonly times: readonly number[][];
}

/** Runs the same queries on each database, alternating, after one round that is not counted. */
export async function timesOf(
  databases: readonly (readonly Query[])[],
  rounds: number,
): Promise<readonly Timed[]> {
  const [first = []] = databases;
  const timed = first.map(({ name }) => ({ name, times: databases.map((): number[] => []) }));
  for (let turn = 0; turn <= rounds; turn += 1) {
    for (const [index, { times }] of timed.entries()) {
      for (const [which, queries] of databases.entries()) {
        const began = performance.now();
        await queries[index]?.run();
        if (turn > 0) times[which]?.push(performance.now() - began);
      }
    }
  }
  return timed;
}

/** Two columns of a table. */
export function median95(times: readonly number[], suffix: string): { readonly [column: string]: number } {
  return {
    [`median${suffix}`]: Number(percentile(times, 0.5).toFixed(1)),
    [`p95${suffix}`]: Number(percentile(times, 0.95).toFixed(1)),
  };
}
