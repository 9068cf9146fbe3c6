// Brings those tables of docs/agent.md up to date that are measured or read from the code: sizes and limits.
import { readFile, writeFile } from 'node:fs/promises';
import { AGENT_PAGE, limitTables, putTables, sizeTables } from './agentPage.js';
import { measureFeatures } from './featureSizes.js';
import { limitRows } from './limitRows.js';

const page = await readFile(AGENT_PAGE, 'utf8');
const tables = { ...sizeTables(await measureFeatures()), ...limitTables(limitRows()) };
await writeFile(AGENT_PAGE, putTables(page, tables));
