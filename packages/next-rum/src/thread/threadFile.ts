import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The thread's code, as a file that Node.js can run. `withRum` has bundlers leave this module to Node.js, which makes it so:
 * it is then loaded from where it is installed, or from where Next put it for `output: 'standalone'`.
 */
export const THREAD_FILE: string = join(dirname(fileURLToPath(import.meta.url)), 'rumWorker.js');

/** Never called: whoever gathers an app's files by its imports, as Next does, is shown those of the thread. */
export const loadHere = (): Promise<object> => import('./rumWorker.js');
