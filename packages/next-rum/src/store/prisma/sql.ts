import type { SqlRunner, SqlValue } from './client.js';

/** A piece of SQL. Its values are bound as parameters, never spliced into the text. */
export interface Sql {
  readonly texts: readonly string[];
  /** One fewer than `texts`. */
  readonly values: readonly SqlValue[];
}

/**
 * Composes SQL from pieces and values.
 *
 * Not `Prisma.sql`: that belongs to one generated client, and pieces must work with whichever client runs them.
 */
export function sql(template: TemplateStringsArray, ...parts: (SqlValue | Sql)[]): Sql {
  const texts: string[] = [];
  const values: SqlValue[] = [];
  let text = template[0] ?? '';
  for (const [index, part] of parts.entries()) {
    if (isSql(part)) {
      text += part.texts[0] ?? '';
      for (const [inner, value] of part.values.entries()) {
        texts.push(text);
        values.push(value);
        text = part.texts[inner + 1] ?? '';
      }
    } else {
      texts.push(text);
      values.push(part);
      text = '';
    }
    text += template[index + 1] ?? '';
  }
  return { texts: [...texts, text], values };
}

/** Text that this package wrote itself: identifiers of its tables, migrations. Never anything from outside. */
export function constantSql(text: string): Sql {
  return { texts: [text], values: [] };
}

export function joinSql(pieces: readonly Sql[], separator: string): Sql {
  return pieces.reduce((joined, piece) => sql`${joined}${constantSql(separator)}${piece}`);
}

/** Runs a statement that returns rows. */
export async function queryRows<Row>(runner: SqlRunner, statement: Sql): Promise<Row[]> {
  return await runner.$queryRaw<Row[]>(asTemplate(statement), ...statement.values);
}

/** Runs a statement that returns none; resolves with how many rows it changed. */
export async function execute(runner: SqlRunner, statement: Sql): Promise<number> {
  return await runner.$executeRaw(asTemplate(statement), ...statement.values);
}

function asTemplate({ texts }: Sql): TemplateStringsArray {
  return Object.assign([...texts], { raw: texts });
}

function isSql(part: SqlValue | Sql): part is Sql {
  return typeof part === 'object' && part !== null;
}
