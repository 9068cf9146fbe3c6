import { readFile } from 'node:fs/promises';

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
 * Growth in MB an hour: the median of the slopes between all pairs of samples (Theil–Sen), which a garbage collection at a
 * chance moment does not move.
 */
export function slopePerHour(samples: readonly MemorySample[]): number {
  const slopes: number[] = [];
  for (const [index, one] of samples.entries()) {
    for (const other of samples.slice(index + 1)) {
      slopes.push((other.megabytes - one.megabytes) / ((other.at - one.at) / 3_600_000));
    }
  }
  slopes.sort((a, b) => a - b);
  return slopes[Math.floor(slopes.length / 2)] ?? 0;
}
