import { setTimeout as sleep } from 'node:timers/promises';
import { median } from '../load/median.js';
import { type Agent, PHASES, type Phase } from './agents.js';
import type { Browser } from './browser.js';
import type { Site } from './site.js';
import { type Visit, visit } from './visit.js';

export const COLUMNS = [...PHASES, 'heap', 'inp'] as const;
export type Column = (typeof COLUMNS)[number];
/** boot: ms a load; click, fetch, navigation: ms each; heap: MB; inp: ms. */
export type Costs = Readonly<Record<Column, number>>;

/** What one page cost, and what its agent sent. */
export interface Account {
  readonly costs: Costs;
  readonly requests: number;
  readonly bytes: number;
}

// 500 interactions in all, clicks so far apart that no agent folds two into one (Elastic does within 300 ms).
const CLICKS = { count: 120, paceMs: 310 };
const FETCHES = { count: 280, paceMs: 60 };
const NAVIGATIONS = { count: 100, paceMs: 250 };
const LOADS = 4;
const REST_MS = 2000;
/** Between two loads, so that they do not get in each other's way, ms. */
const LOAD_GAP_MS = 300;
/** After hiding: PostHog alone does not send then, but 3 s after the first thing it has recorded. */
const SEND_MS = 3500;
/** The same after a load, whose rest counts in. */
const SEND_AFTER_LOAD_MS = 1500;
const SHOW_MS = 300;

export interface RoundOptions {
  readonly browser: Browser;
  readonly site: Site;
  /** In the order of this round. */
  readonly agents: readonly Agent[];
  readonly throttled: boolean;
}

/**
 * One round: every agent's page is loaded, clicked, and so on, taking turns at each single operation.
 *
 * @throws Where an agent did not send what it records, or threw into the page.
 */
export async function runRound(options: RoundOptions): Promise<ReadonlyMap<string, Account>> {
  const { site, agents } = options;
  const ledger = new Map(agents.map((agent) => [agent.name, openLedger(agent, site)]));
  const note = (phase: Phase, costs: ReadonlyMap<Visit, number>) => {
    for (const [{ agent }, ms] of costs) ledger.get(agent)?.note(phase, ms);
  };

  let visits: readonly Visit[] = [];
  for (let load = 0; load < LOADS; load += 1) {
    await Promise.all(visits.map((page) => page.close()));
    visits = await loadAll(options, load);
    await sendAll(visits, SEND_AFTER_LOAD_MS);
    note('boot', await readAll(visits));
  }
  note('click', await perform(visits, CLICKS, (page, index) => page.click(index)));
  const listenersMs = new Map<string, readonly number[]>();
  for (const page of visits) listenersMs.set(page.agent, await page.listenersMs());
  note('fetch', await perform(visits, FETCHES, (page, index) => page.fetch(index)));
  note('navigation', await perform(visits, NAVIGATIONS, (page, index) => page.navigate(index)));

  const accounts = new Map<string, Account>();
  for (const page of visits) {
    const thrown = await page.thrown();
    if (thrown.length > 0) throw new Error(`${page.agent} threw into the page: ${thrown.join('; ')}`);
    const heap = (await page.heapBytes()) / 1e6;
    const inp = percentile75(listenersMs.get(page.agent) ?? []);
    const account = ledger.get(page.agent)?.close(heap, inp);
    if (account) accounts.set(page.agent, account);
    await page.close();
  }
  return accounts;
}

async function loadAll(options: RoundOptions, turn: number): Promise<readonly Visit[]> {
  const { browser, site, throttled } = options;
  const visits: (Visit & { rested: Promise<void> })[] = [];
  for (const { name } of turned(options.agents, turn)) {
    const page = await visit(browser, { origin: site.origin, agent: name, throttled, restMs: REST_MS });
    visits.push(page);
    await (throttled ? page.rested : sleep(LOAD_GAP_MS));
  }
  await Promise.all(visits.map(({ rested }) => rested));
  return visits;
}

/** @returns Cost of one operation by page, what it led to and its sending included. */
async function perform(
  visits: readonly Visit[],
  { count, paceMs }: { count: number; paceMs: number },
  act: (page: Visit, index: number) => Promise<void>,
): Promise<ReadonlyMap<Visit, number>> {
  const before = await readAll(visits);
  for (let index = 0; index < count; index += 1) {
    const started = performance.now();
    for (const page of turned(visits, index)) await act(page, index);
    await sleep(Math.max(0, paceMs - (performance.now() - started)));
  }
  await sendAll(visits, SEND_MS);
  const after = await readAll(visits);
  return new Map(visits.map((page) => [page, ((after.get(page) ?? 0) - (before.get(page) ?? 0)) / count]));
}

async function readAll(visits: readonly Visit[]): Promise<ReadonlyMap<Visit, number>> {
  const read = new Map<Visit, number>();
  for (const page of visits) read.set(page, await page.mainThreadMs());
  return read;
}

/** Agents send by timers of 0.25 to 30 s, but all at once when the visitor looks away. */
async function sendAll(visits: readonly Visit[], waitMs: number): Promise<void> {
  for (const page of visits) await page.setHidden(true);
  await sleep(waitMs);
  for (const page of visits) await page.setHidden(false);
  await sleep(SHOW_MS);
}

function openLedger({ name, proof }: Agent, site: Site) {
  const costs: Record<Phase, number[]> = { boot: [], click: [], fetch: [], navigation: [] };
  let requests = 0;
  let bytes = 0;
  return {
    note(phase: Phase, ms: number): void {
      const sent = site.take(name);
      const sign = proof[phase];
      if (sign && !sign.test(sent.text)) {
        throw new Error(
          `${name} does not work: in the ${sent.bytes} bytes that it sent of the phase "${phase}" is no ${sign}`,
        );
      }
      costs[phase].push(ms);
      requests += sent.requests;
      bytes += sent.bytes;
    },
    close(heap: number, inp: number): Account {
      const [boot, click, fetch, navigation] = PHASES.map((phase) => median(costs[phase])) as [
        number,
        number,
        number,
        number,
      ];
      return { costs: { boot, click, fetch, navigation, heap, inp }, requests, bytes };
    },
  };
}

function turned<Item>(items: readonly Item[], turns: number): readonly Item[] {
  const first = turns % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
}

function percentile75(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.75) - 1] ?? Number.NaN;
}
