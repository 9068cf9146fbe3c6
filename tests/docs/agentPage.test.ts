import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { AGENT_PAGE, limitTables, tableOf } from '../../packages/react-rum/scripts/agentPage.js';
import { measureFeatures } from '../../packages/react-rum/scripts/featureSizes.js';
import { limitRows } from '../../packages/react-rum/scripts/limitRows.js';
import * as limits from '../../packages/react-rum/src/browser/limits.js';
import { LIMITS } from '../../packages/react-rum/src/protocol/limits.js';
import { defaultsOf, exportsOf, literalsOf, membersOf } from './agentCode.js';
import { examplesOfMarkdown } from './codeExamples.js';

const path = (file: string): string =>
  fileURLToPath(new URL(`../../packages/react-rum/src/${file}`, import.meta.url));
const page = readFileSync(AGENT_PAGE, 'utf8');
const unwrapped = page.replace(/\s+/g, ' ');
/** Everything in backticks; names in a call or a property of something count too. */
const named = new Set(
  [...page.matchAll(/`([^`\n]+)`/g)].flatMap(([, code = '']) => [code, ...code.split(/[^\w]+/)]),
);
const MEND = 'run: npx tsx packages/react-rum/scripts/writeAgentPage.ts';

describe('options', () => {
  const options = membersOf(path('browser/options.ts'), 'RumAgentOptions');
  const rows = new Map(
    rowsOf(section('Options')).map(([name = '', type = '', value = '']) => [bare(name), { type, value }]),
  );

  test('all are on the page, and no others', () => {
    expect([...rows.keys()].sort()).toEqual(options.map(({ name }) => name).sort());
  });

  test.each(options)('$name has its type', ({ name, type }) => {
    expect(bare(rows.get(name)?.type)).toBe(type);
  });

  const defaults = defaultsOf(path('browser'), new Set(options.map(({ name }) => name)));
  test.each([...defaults])('%s has the default of the code', (name, values) => {
    expect([bare(rows.get(name)?.value)]).toEqual([...values].map(shownDefault));
  });

  // A default in words is explained in words there.
  const plain = options.filter(({ name }) => /^`?\S+$/.test(rows.get(name)?.value ?? ''));
  test.each(plain)('$name has the default of its docstring', ({ name, says }) => {
    const value = bare(rows.get(name)?.value);
    if (value === 'none') expect(says).not.toContain('Default');
    else expect(says.replaceAll('`', '')).toMatch(new RegExp(`Default ${value}\\b|${value} \\(default\\)`));
  });

  test('defaults are found', () => {
    expect(defaults.size).toBeGreaterThan(8);
    expect(plain.length).toBeGreaterThan(20);
  });
});

describe('functions', () => {
  const functions = [
    ...new Set(
      ['browser/api.ts', 'browser/index.ts', 'react/index.ts'].flatMap((file) => exportsOf(path(file))),
    ),
  ];
  const code = examplesOfMarkdown('agent.md', page)
    .map((example) => example.code)
    .join('\n');

  test('they are found', () => expect(functions.length).toBeGreaterThan(20));
  test.each(functions)('%s is explained', (name) => expect(named).toContain(name));
  test.each(functions)('%s has an example', (name) => expect(code).toMatch(new RegExp(`\\b${name}\\b`)));
});

describe('what is recorded', () => {
  const types = path('protocol/types.ts');

  test.each([
    'ViewDocument',
    'CustomEvent',
    'ErrorEvent',
    'ActionEvent',
    'ResourceEvent',
    'LongTaskEvent',
    'TimingEvent',
    'FlagEvent',
    'NavigationEvent',
    'LossEvent',
    'BatchContext',
  ])('each field of %s is named', (name) => {
    expect(
      membersOf(types, name)
        .map((member) => member.name)
        .filter((field) => !named.has(field)),
    ).toEqual([]);
  });

  test.each([
    'NavigationType',
    'RouterKind',
    'VitalName',
    'ErrorSource',
    'ActionKind',
    'Frustration',
    'TimingKind',
    'LossReason',
  ])('each value of %s is named', (name) => {
    const values = literalsOf(types, name);
    expect(values.length).toBeGreaterThan(2);
    expect(values.filter((value) => !named.has(value))).toEqual([]);
  });

  test('each part of the attribution is named', () => {
    const code = readFileSync(path('browser/collect/attribution.ts'), 'utf8');
    const parts = [...code.matchAll(/\bparts\.(\w+) =/g)].map(([, part = '']) => part);
    expect(parts.length).toBeGreaterThan(20);
    expect(parts.filter((part) => !named.has(part))).toEqual([]);
  });
});

describe('numbers', () => {
  test('the limits are those of the code', () => {
    expect(tableOf(page, 'limits'), MEND).toBe(limitTables(limitRows()).limits);
  });

  test('the sizes are those of the code, to 2 % or 20 bytes', async () => {
    const measured = await measureFeatures();
    for (const name of ['installs', 'features', 'additions'] as const) {
      const stated = rowsOf(tableOf(page, name)).map(([what = '', gzip = '']) => ({
        what,
        gzip: Number(gzip.replaceAll(',', '')),
      }));
      expect(
        stated.map(({ what }) => what),
        MEND,
      ).toEqual(measured[name].map(({ what }) => what));
      const outdated = measured[name].filter(
        ({ gzip }, index) => Math.abs(gzip - (stated[index]?.gzip ?? 0)) > Math.max(gzip * 0.02, 20),
      );
      expect(outdated, MEND).toEqual([]);
    }
  }, 60_000);

  const {
    BREAKER_FAILURES,
    DEAD_MS,
    EARLY_CALLS,
    FLUSH_BYTES,
    IDLE_MS,
    ITEM_BYTES,
    KEEPALIVE_BYTES,
    KEEPALIVE_REQUESTS,
    LEAST_ITEM_BYTES,
    LONGEST_RETRY_AFTER_MS,
    LONGEST_SESSION_MS,
    LONGEST_WAIT_MS,
    LONG_MS,
    MAX_ACTION_NAME,
    MAX_CAUSES,
    MAX_CONTEXT,
    MAX_FOLDS,
    MAX_LONG_FRAMES,
    MAX_OPEN,
    MAX_SELECTOR_DEPTH,
    MAX_SERVER_TIMINGS,
    MAX_USER_TIMINGS,
    MAX_WAITING_EVENTS,
    PENDING_BYTES,
    RAGE_CLICKS,
    RAGE_MS,
    RAGE_PX,
    SAVE_MS,
    SILENCE_MS,
    TIMEOUT_MS,
    TIMING_WAIT_MS,
  } = limits;
  test.each([
    `up to ${MAX_OPEN} views of a page may still change`,
    `until ${SILENCE_MS} ms went by without a DOM mutation`,
    `those ${SILENCE_MS} ms not counted. Not waited for longer than ${seconds(LONGEST_WAIT_MS)}`,
    `in which the page could not answer, above ${LONG_MS} ms a frame`,
    `each metric of \`Server-Timing\`, at most ${MAX_SERVER_TIMINGS}`,
    `at most ${MAX_SELECTOR_DEPTH} elements`,
    `or ${seconds(TIMING_WAIT_MS)} after its answer without one`,
    `The first ${MAX_LONG_FRAMES} of a view`,
    `at most ${grouped(LIMITS.text)} characters |`,
    `raw, at most ${grouped(LIMITS.stack)} characters; up to ${MAX_CAUSES - 1} causes`,
    `up to ${MAX_FOLDS} different ones are watched`,
    `(#names-of-actions), at most ${MAX_ACTION_NAME} characters`,
    `until the last activity before ${SILENCE_MS} ms of silence`,
    `${RAGE_CLICKS} clicks or more on one element within ${grouped(RAGE_MS)} ms and ${RAGE_PX} CSS pixels`,
    `without any activity for ${grouped(DEAD_MS)} ms`,
    `once a view has ${MAX_USER_TIMINGS} timings`,
    `the first ${EARLY_CALLS} calls are kept`,
    `At most ${grouped(MAX_CONTEXT)} characters as JSON`,
    `Names are at most ${LIMITS.label} characters, properties at most ${LIMITS.depth} deep and ${grouped(LIMITS.propertyValues)} values`,
    `after ${IDLE_MS / 60_000} min without click, key or scroll, or ${LONGEST_SESSION_MS / 3_600_000} h after its start`,
    `written at most every ${seconds(SAVE_MS)}`,
    `the last ${MAX_WAITING_EVENTS} events wait in memory, and its views`,
    `when ${grouped(FLUSH_BYTES)} B or ${Math.ceil(FLUSH_BYTES / LEAST_ITEM_BYTES)} items wait`,
    `at most ${LIMITS.batchItems} and ${grouped(KEEPALIVE_BYTES)} B`,
    `as long as ${grouped(KEEPALIVE_BYTES)} B and ${KEEPALIVE_REQUESTS} requests in flight are not exceeded`,
    `none within ${seconds(TIMEOUT_MS)}`,
    `from ${BREAKER_FAILURES} failures in a row on`,
    `of which ${LONGEST_RETRY_AFTER_MS / 3_600_000} h is believed`,
    `at most ${PENDING_BYTES / 1_048_576} MiB; views and losses always fit`,
    `events that found ${PENDING_BYTES / 1_048_576} MiB waiting; events of a view that waits for its route, beyond ${MAX_WAITING_EVENTS};`,
    `items above ${grouped(ITEM_BYTES)} B`,
    `long frames beyond ${MAX_LONG_FRAMES}, which are in the view's \`counts\`; calls beyond the first ${EARLY_CALLS}`,
  ])('the page says “%s”', (claim) => {
    // Not the whole page where it fails.
    expect(unwrapped.includes(claim)).toBe(true);
  });
});

function grouped(value: number): string {
  return value.toLocaleString('en-GB');
}

function seconds(ms: number): string {
  return `${ms / 1000} s`;
}

/** `10_000` as 10,000, and texts without their quotes. */
function shownDefault(literal: string): string {
  return /^\d/.test(literal) ? grouped(Number(literal.replaceAll('_', ''))) : literal.replaceAll("'", '');
}

function bare(cell: string | undefined): string | undefined {
  return cell?.replaceAll('`', '');
}

/** From a heading to the next one of its level. */
function section(heading: string): string {
  const [, text] = new RegExp(`^## ${heading}$(.*?)^## `, 'ms').exec(page) ?? [];
  return text ?? '';
}

/** Cells of the rows of all tables in a text, without their heads. */
function rowsOf(text: string): readonly (readonly string[])[] {
  return text
    .split('\n')
    .filter(
      (line, index, lines) =>
        line.startsWith('|') && !/^\|[-:|]+$/.test(line) && !/^\|[-:|]+$/.test(lines[index + 1] ?? ''),
    )
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('\\|', '|')),
    );
}
