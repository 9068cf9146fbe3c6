// Writes docs/protocol.schema.json from the schema that agent and collector share.
import { writeFileSync } from 'node:fs';
import { protocolJsonSchema } from '../src/protocol/jsonSchema.js';

const file = new URL('../../../docs/protocol.schema.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(protocolJsonSchema(), null, 2)}\n`);
