import { expect, test } from 'vitest';
import { splitStatements } from './splitStatements.js';

test('splits at semicolons, and drops what is only comment', () => {
  expect(splitStatements('-- first;\nCREATE TABLE a (b INT);\n\nDROP TABLE a;\n/* the; end */\n')).toEqual([
    '-- first;\nCREATE TABLE a (b INT)',
    'DROP TABLE a',
  ]);
  expect(splitStatements('')).toEqual([]);
  expect(splitStatements(' ;; \n;')).toEqual([]);
});

test.each([
  `INSERT INTO a VALUES ('it''s; fine')`,
  'ALTER TABLE "odd;name" ADD b INT',
  'CREATE FUNCTION f() RETURNS int AS $$ BEGIN; RETURN 1; END; $$ LANGUAGE plpgsql',
  'DO $body$ BEGIN PERFORM 1; SELECT $$a;b$$; END $body$',
  'SELECT 1 -- one; two\n + 1',
  'SELECT /* ; */ 1',
])('does not split %s', (statement) => {
  expect(splitStatements(`${statement};\nSELECT 2;`)).toEqual([statement, 'SELECT 2']);
});
