// Writes docs/openapi.json from the schemas of the admin's API.
import { writeFileSync } from 'node:fs';
import { openApiDocument } from '../src/server/admin/openApiDocument.js';

const file = new URL('../../../docs/openapi.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(openApiDocument('/api/rum'), null, 2)}\n`);
