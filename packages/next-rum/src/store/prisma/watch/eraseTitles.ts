import type { IncidentError } from '../../../analysis/insights/watchedIncident.js';
import { latestErrors } from '../errors/latestErrors.js';
import { titleOf } from '../errors/toldErrors.js';
import type { Source } from '../rollup/rollupCells.js';
import { constantSql, execute, queryRows, sql } from '../sql.js';

/** An incident, or a message about one, with what it says of errors. */
interface Kept {
  readonly id: string;
  readonly body: string;
}

const TABLES = ['rum_incident', 'rum_notice'] as const;

/**
 * Blanks the titles of errors that incidents and messages keep where no such error is left: a title is what an error's message
 * said, which may have been of whom was erased. Where errors of the group are left, but none that is called so, it has the
 * title of the latest.
 */
export async function eraseTitles(source: Source, app: string): Promise<void> {
  const { client } = source;
  const known = new Map<string, Promise<readonly string[]>>();
  const left = (fingerprint: string): Promise<readonly string[]> => {
    const titles = known.get(fingerprint) ?? titlesLeft(source, app, fingerprint);
    known.set(fingerprint, titles);
    return titles;
  };
  for (const table of TABLES) {
    const name = constantSql(table);
    const rows = await queryRows<Kept>(
      client,
      sql`SELECT id, body FROM ${name} WHERE app = ${app} AND replace(body, '"fingerprint":', '') <> body`,
    );
    for (const { id, body } of rows) {
      const written = await withTitlesLeft(body, left);
      if (written === body) continue;
      // One that was written meanwhile tells of what is stored now.
      await execute(
        client,
        sql`UPDATE ${name} SET body = ${written} WHERE app = ${app} AND id = ${id} AND body = ${body}`,
      );
    }
  }
}

async function titlesLeft(source: Source, app: string, fingerprint: string): Promise<readonly string[]> {
  const { errors } = await latestErrors(source, { app, from: 0, to: FAR }, fingerprint);
  return errors.map(titleOf);
}
/** After any event, epoch ms: the last moment that a Date can have. */
const FAR = 8.64e15;

async function withTitlesLeft(
  body: string,
  left: (fingerprint: string) => Promise<readonly string[]>,
): Promise<string> {
  // Only this package writes both tables; what has errors is an incident.
  const incident = JSON.parse(body) as { readonly errors?: readonly IncidentError[] } | null;
  if (incident?.errors === undefined || incident.errors.length === 0) return body;
  const errors: IncidentError[] = [];
  for (const error of incident.errors) {
    const titles = await left(error.fingerprint);
    const stays = error.title !== null && titles.includes(error.title);
    errors.push(stays ? error : { ...error, title: titles[0] ?? null });
  }
  return JSON.stringify({ ...incident, errors });
}
