import { expect, test } from 'vitest';
import { joinSql, sql } from './sql.js';

test('composes pieces and keeps their values in order', () => {
  const condition = sql`a = ${1} AND b = ${'x'}`;

  expect(sql`SELECT ${0} WHERE ${condition} OR ${condition} LIMIT ${9n}`).toEqual({
    texts: ['SELECT ', ' WHERE a = ', ' AND b = ', ' OR a = ', ' AND b = ', ' LIMIT ', ''],
    values: [0, 1, 'x', 1, 'x', 9n],
  });
  expect(sql`${condition}`).toEqual(condition);
  expect(joinSql([sql`a`, sql`${null}`, sql`c`], ', ')).toEqual({ texts: ['a, ', ', c'], values: [null] });
});
