// Locks a SQLite file as another process may, for as long as its standard input stays open.
import { once } from 'node:events';
import { parseDatabaseUrl } from '../../packages/next-rum/src/store/databaseUrl.js';
import { connect } from '../../packages/next-rum/src/store/prisma/connect.js';

const client = await connect(parseDatabaseUrl(process.argv[2] ?? ''), 'serve');
await client.$executeRaw`BEGIN EXCLUSIVE`;
console.log('locked');
await once(process.stdin.resume(), 'end');
