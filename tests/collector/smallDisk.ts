import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { run, runOrThrow } from '../../scripts/lib/run.mjs';

/** A folder that can be filled to the brim, and be made read-only. */
export interface SmallDisk {
  readonly folder: string;
  /** What a process is to be run under, so that it heeds {@link SmallDisk.writable}. */
  readonly under: readonly string[];
  /** To be told of each process that is to meet the brim. */
  confine(pid: number | undefined): Promise<void>;
  /** Makes room again. */
  grow(): Promise<void>;
  writable(may: boolean): Promise<void>;
}

interface SmallDiskOptions {
  readonly mib: number;
  /** Who owns the folder, where not this process' user. */
  readonly uid?: number;
  readonly finished?: typeof onTestFinished;
}

/**
 * Makes a file system of a few MiB in memory. Where nothing may be mounted, a limit on the size of files stands for the full
 * disk, and permissions for the read-only one.
 */
export async function openSmallDisk({
  mib,
  uid,
  finished = onTestFinished,
}: SmallDiskOptions): Promise<SmallDisk> {
  const home = await mkdtemp(join(tmpdir(), 'rum-disk-'));
  await chmod(home, 0o755);
  const folder = join(home, 'disk');
  await mkdir(folder);
  const owner = uid === undefined ? '' : `,uid=${uid},mode=700`;
  const { code, output } = await run('mount', ['-t', 'tmpfs', '-o', `size=${mib}m${owner}`, 'tmpfs', folder]);
  if (code === 0) {
    finished(async () => {
      await runOrThrow('umount', ['--lazy', folder]);
      await rm(home, { recursive: true });
    });
    const remount = async (option: string) => {
      await runOrThrow('mount', ['-o', `remount,${option}`, folder]);
    };
    return {
      folder,
      under: [],
      confine: async () => undefined,
      grow: () => remount(`size=${16 * mib}m`),
      writable: (may) => remount(may ? 'rw' : 'ro'),
    };
  }

  finished(() => rm(home, { recursive: true }));
  process.stderr.write(`A limit on the size of files stands for a full disk: ${output.trim()}\n`);
  const confined: number[] = [];
  const limit = async (pid: number, bytes: string) => {
    await runOrThrow('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]);
  };
  return {
    folder,
    // Root writes whatever the permissions say, but for this capability.
    under:
      process.getuid?.() === 0 ? ['setpriv', '--inh-caps=-dac_override', '--bounding-set=-dac_override'] : [],
    confine: async (pid) => {
      if (pid === undefined) return;
      confined.push(pid);
      await limit(pid, String((mib * 1024 * 1024) / 2));
    },
    grow: async () => {
      for (const pid of confined) await limit(pid, 'unlimited');
    },
    writable: async (may) => {
      for (const name of await readdir(folder)) await chmod(join(folder, name), may ? 0o644 : 0o444);
      await chmod(folder, may ? 0o755 : 0o555);
    },
  };
}
