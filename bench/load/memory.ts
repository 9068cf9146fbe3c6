import { readFile } from 'node:fs/promises';
import { type TheilSenLine, theilSen } from '@rumkit/next-rum/analysis';
import { varianceInflation } from '../../packages/next-rum/src/analysis/statistics/varianceInflation.js';

/** What a process holds in memory at a moment. */
export interface MemorySample {
  /** ms since the first. */
  readonly at: number;
  readonly megabytes: number;
}

/** Resident memory of a process in MB (2^20 bytes), as Linux tells it. */
export async function rssMB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kibibytes === undefined) throw new Error(`/proc/${pid}/status has no VmRSS.`);
  return Number(kibibytes) / 1024;
}

/** Looks every so many ms. @returns Ends it and gives what was seen. */
export function watchMemory(pid: number, every: number): () => Promise<readonly MemorySample[]> {
  const samples: MemorySample[] = [];
  const began = performance.now();
  let looking: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    const at = performance.now() - began;
    samples.push({ at, megabytes: await rssMB(pid) });
  };
  const timer = setInterval(() => {
    // A process that ended is told by whoever sends to it.
    looking = look().catch(() => undefined);
  }, every);
  return async () => {
    clearInterval(timer);
    await looking;
    return samples;
  };
}

/**
 * Growth in MB an hour and its 95 % confidence interval, by Theil–Sen, which a garbage collection at a chance moment does not move.
 * Memory hangs on what it was a moment before, by which the interval is wider. Null of fewer than two samples.
 */
export function growthPerHour(samples: readonly MemorySample[]): TheilSenLine | null {
  const points = samples.map(({ at, megabytes }) => ({ x: at / 3_600_000, y: megabytes }));
  const line = theilSen(points);
  if (line === null) return null;
  const { slope, low, high, intercept } = line;
  const wider = Math.sqrt(varianceInflation(points.map(({ x, y }) => y - intercept - slope * x)));
  return { ...line, low: slope - wider * (slope - low), high: slope + wider * (high - slope) };
}
