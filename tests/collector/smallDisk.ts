import { chmod, chown, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { run, runOrThrow } from '../../scripts/lib/run.mjs';

/** A folder that can be filled to the brim, and be made read-only. */
export interface SmallDisk {
  readonly folder: string;
  /** What a process is to be run under, so that it heeds {@link SmallDisk.writable}. */
  readonly under: readonly string[];
  /** To be told of each process that is to meet the brim, with those that it starts from then on. */
  confine(pid: number | undefined): Promise<void>;
  /** Makes room again. */
  grow(): Promise<void>;
  writable(may: boolean): Promise<void>;
}

const MIB = 1024 * 1024;

interface SmallDiskOptions {
  readonly mib: number;
  /** Largest file where their size is limited instead, default half of that. */
  readonly fileMib?: number;
  /** Who owns the folder and the processes, where not this process' user. */
  readonly owner?: { readonly uid: number; readonly gid: number };
  readonly finished?: typeof onTestFinished;
}

/**
 * Makes a file system of a few MiB in memory. Where nothing may be mounted, a limit on the size of files stands for the full
 * disk, and permissions for the read-only one.
 */
export async function openSmallDisk({
  mib,
  fileMib = mib / 2,
  owner,
  finished = onTestFinished,
}: SmallDiskOptions): Promise<SmallDisk> {
  const home = await mkdtemp(join(tmpdir(), 'rum-disk-'));
  await chmod(home, 0o755);
  const folder = join(home, 'disk');
  await mkdir(folder);
  const owned = owner === undefined ? '' : `,uid=${owner.uid},gid=${owner.gid},mode=700`;
  const { code, output } = await run('mount', ['-t', 'tmpfs', '-o', `size=${mib}m${owned}`, 'tmpfs', folder]);
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
  if (owner !== undefined) await chown(folder, owner.uid, owner.gid);
  process.stderr.write(`A limit on the size of files stands for a full disk: ${output.trim()}\n`);
  const confined: number[] = [];
  // Only its own user may set the limits of a process, root not always.
  const [command = '', ...args] = [
    ...(owner === undefined || process.getuid?.() === owner.uid
      ? []
      : ['setpriv', `--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups']),
    'prlimit',
  ];
  const limit = (pid: number | string, bytes: string) =>
    run(command, [...args, '--pid', String(pid), `--fsize=${bytes}:`]);
  return {
    folder,
    // Root writes whatever the permissions say, but for this capability.
    under:
      process.getuid?.() === 0 ? ['setpriv', '--inh-caps=-dac_override', '--bounding-set=-dac_override'] : [],
    confine: async (pid) => {
      if (pid === undefined) return;
      confined.push(pid);
      const { code, output } = await limit(pid, String(fileMib * MIB));
      if (code !== 0) throw new Error(`No full disk can be had, nor a limit for one: ${output.trim()}`);
    },
    grow: async () => {
      for (const pid of confined) {
        const { output: children } = await run('ps', ['-o', 'pid=', '--ppid', String(pid)]);
        // They have the limit from it. Where one is gone by now, there is nothing to do.
        for (const each of [pid, ...children.split(/\s+/).filter(Boolean)]) await limit(each, 'unlimited');
      }
    },
    writable: async (may) => {
      for (const name of await readdir(folder)) await chmod(join(folder, name), may ? 0o644 : 0o444);
      await chmod(folder, may ? 0o755 : 0o555);
    },
  };
}
