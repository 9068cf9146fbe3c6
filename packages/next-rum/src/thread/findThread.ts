/**
 * Finds the thread's code: where bundlers left it to Node.js, or else, where it was bundled all the same, in what the app in the
 * working directory has installed. Null where it is in neither place.
 *
 * A module that is left to Node.js, since bundlers differ in what is meant for a thread: Turbopack of Next 16.4 would bundle
 * `new Worker(new URL(…))`, that of 16.0 breaks at it, and webpack emits it where Node.js finds nothing.
 */
export async function findThread(): Promise<string | null> {
  const { existsSync } = process.getBuiltinModule('node:fs');
  for (const look of [leftToNode, installed]) {
    try {
      const file = await look();
      if (existsSync(file)) return file;
    } catch {
      // Not there.
    }
  }
  return null;
}

async function leftToNode(): Promise<string> {
  const { THREAD_FILE } = await import('@rumkit/next-rum/thread');
  return THREAD_FILE;
}

async function installed(): Promise<string> {
  const { createRequire } = process.getBuiltinModule('node:module');
  const { dirname, join } = process.getBuiltinModule('node:path');
  const module = createRequire(join(process.cwd(), 'package.json')).resolve('@rumkit/next-rum/thread');
  return join(dirname(module), 'rumWorker.js');
}
