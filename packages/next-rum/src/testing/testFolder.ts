import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Makes a temporary folder that is deleted when the test is over. */
export async function makeTestFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rum-store-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
