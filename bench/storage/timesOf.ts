import type { Query } from './adminQueries.js';
import { percentile } from './percentile.js';

/** What one run took, ms: on the clock, and of all threads' work, which other work on the machine changes less. */
export interface Run {
  readonly clock: number;
  readonly cpu: number;
}

export interface Timed {
  readonly name: string;
  /** Of each database. */
  readonly runs: readonly Run[][];
}

/** Runs the same queries on each database, alternating, after one round that is not counted. */
export async function timesOf(
  databases: readonly (readonly Query[])[],
  rounds: number,
): Promise<readonly Timed[]> {
  const [first = []] = databases;
  const timed = first.map(({ name }) => ({ name, runs: databases.map((): Run[] => []) }));
  for (let turn = 0; turn <= rounds; turn += 1) {
    for (const [index, { runs }] of timed.entries()) {
      for (const [which, queries] of databases.entries()) {
        const [began, used] = [performance.now(), process.cpuUsage()];
        await queries[index]?.run();
        const clock = performance.now() - began;
        const { user, system } = process.cpuUsage(used);
        if (turn > 0) runs[which]?.push({ clock, cpu: (user + system) / 1000 });
      }
    }
  }
  return timed;
}

/** Of the time on the clock, ms. */
export function clockPercentile(runs: readonly Run[], share: number): number {
  return percentile(
    runs.map(({ clock }) => clock),
    share,
  );
}

/** Three columns of a table. */
export function columnsOf(runs: readonly Run[], suffix: string): { readonly [column: string]: number } {
  const cpu = runs.map((run) => run.cpu);
  return {
    [`median${suffix}`]: Number(clockPercentile(runs, 0.5).toFixed(1)),
    [`p95${suffix}`]: Number(clockPercentile(runs, 0.95).toFixed(1)),
    [`CPU${suffix}`]: Number(percentile(cpu, 0.5).toFixed(1)),
  };
}
