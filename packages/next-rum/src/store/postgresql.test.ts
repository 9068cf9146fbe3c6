import { afterAll, afterEach, beforeAll } from 'vitest';
import { openStore } from './openStore.js';
import { describeStoreContract } from './store.contract.js';
import { createTestDatabase, type TestDatabase } from './testDatabase.contract.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await database.query('TRUNCATE rum_view, rum_event, rum_salt');
});
afterAll(async () => {
  await database.drop();
});

describeStoreContract('PostgreSQL', () => openStore(database.url));
