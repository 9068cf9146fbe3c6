import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { openStore } from './openStore.js';
import { describeStoreContract } from './store.contract.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rum-store-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describeStoreContract('SQLite', () => openStore(`file:${folder}/rum.db`));
