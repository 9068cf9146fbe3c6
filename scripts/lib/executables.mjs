import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';

/**
 * The first of several programs that is in PATH and starts.
 *
 * @param {readonly string[]} names
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [probe] Argument with which each ends at once and well.
 * @returns {Promise<string | null>}
 */
export function onPath(names, env, probe) {
  const folders = (env.PATH ?? '').split(delimiter);
  return firstThatStarts(
    names.flatMap((name) => folders.map((folder) => join(folder, name))),
    probe,
  );
}

/** The first of several paths that is there and starts. */
export async function firstThatStarts(paths, probe) {
  for (const path of paths) {
    if (existsSync(path) && (await starts(path, probe))) return path;
  }
  return null;
}

/** Whether a program does, given an argument with which it ends at once and well. */
export async function starts(path, probe = '--version') {
  return (await run(path, [probe])).code === 0;
}
