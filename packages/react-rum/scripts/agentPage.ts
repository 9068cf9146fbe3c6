import { fileURLToPath } from 'node:url';
import type { FeatureSizes, SizeRow } from './featureSizes.js';
import type { LimitRow } from './limitRows.js';

/** The page about the agent, in which some tables are written by a program. */
export const AGENT_PAGE: string = fileURLToPath(new URL('../../../docs/agent.md', import.meta.url));

/** Tables of the page, by the name in the markers around each. */
export interface PageTables {
  readonly [name: string]: string;
}

export function sizeTables({ installs, features, additions }: FeatureSizes): PageTables {
  return {
    installs: sizeTable('install', installs),
    features: sizeTable('feature', features),
    additions: sizeTable('on top', additions),
  };
}

function sizeTable(head: string, rows: readonly SizeRow[]): string {
  const lines = rows.map(({ what, gzip }) => `| ${what} | ${gzip.toLocaleString('en-GB')} |`);
  return [`| ${head} | gzip bytes |`, '|---|--:|', ...lines].join('\n');
}

export function limitTables(rows: readonly LimitRow[]): PageTables {
  const sections = [...new Set(rows.map(({ section }) => section))].map((name) => {
    const lines = rows
      .filter(({ section }) => section === name)
      .map(
        ({ numbers, says, names }) =>
          `| ${numbers.join(' · ')} | ${says} | ${names.map((constant) => `\`${constant}\``).join(' · ')} |`,
      );
    return [`| ${name} | | \`limits.ts\` |`, '|--:|---|---|', ...lines].join('\n');
  });
  return { limits: sections.join('\n\n') };
}

/**
 * Puts tables between their markers, such as `<!-- limits -->` and `<!-- /limits -->`.
 *
 * @throws Where the page has no such markers.
 */
export function putTables(page: string, tables: PageTables): string {
  return Object.entries(tables).reduce((text, [name, table]) => {
    const { start, end } = placeOf(text, name);
    return `${text.slice(0, start)}\n${table}\n${text.slice(end)}`;
  }, page);
}

/** What stands between two markers. */
export function tableOf(page: string, name: string): string {
  const { start, end } = placeOf(page, name);
  return page.slice(start, end).trim();
}

function placeOf(page: string, name: string): { readonly start: number; readonly end: number } {
  const [before, after] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const start = page.indexOf(before) + before.length;
  const end = page.indexOf(after, start);
  if (start < before.length || end < 0) throw new Error(`the page has no markers of a table "${name}"`);
  return { start, end };
}
