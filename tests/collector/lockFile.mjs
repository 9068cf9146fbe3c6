// Locks a SQLite file as another process may, for as long as its standard input stays open.
import { once } from 'node:events';
import { PrismaLibSql } from '@prisma/adapter-libsql';

const connection = await new PrismaLibSql({ url: process.argv[2] }).connect();
await connection.executeRaw({ sql: 'BEGIN EXCLUSIVE', args: [], argTypes: [] });
console.log('locked');
await once(process.stdin.resume(), 'end');
