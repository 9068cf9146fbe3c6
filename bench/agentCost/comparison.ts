import { median } from '../load/median.js';
import type { BundledAgent, Phase } from './agents.js';
import { type Account, COLUMNS, type Column, type Costs } from './round.js';

/** The page without an agent. */
export const BASELINE = 'baseline';

export interface Comparison {
  readonly ours: Costs;
  /** Of each column the lowest of the full agents that record what the column is about. */
  readonly bestPeer: Readonly<Record<Column, number | null>>;
  /** Ours over the best peer's; null where a peer's cost was lost in the noise (≤ 0), or no peer records it. */
  readonly ratio: Readonly<Record<Column, number | null>>;
  readonly peers: Readonly<Record<string, Costs>>;
  /** For people. */
  readonly table: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What a peer must record to count in a column. */
const SUBJECT: Readonly<Record<Column, Phase>> = {
  boot: 'boot',
  click: 'click',
  fetch: 'fetch',
  navigation: 'navigation',
  heap: 'boot',
  inp: 'click',
};

/** Compares agents by the medians over rounds of what each adds to the baseline of its round. */
export function compare(
  agents: readonly BundledAgent[],
  rounds: readonly ReadonlyMap<string, Account>[],
): Comparison {
  const added = (name: string, column: Column) =>
    rounds.map((round) => costs(round, name)[column] - costs(round, BASELINE)[column]);
  const medians = (name: string) => columns((column) => median(added(name, column)));
  const [us, ...peers] = agents;
  if (!us) throw new RangeError('Nothing to compare.');

  const ours = medians(us.name);
  const byPeer = Object.fromEntries(peers.map(({ name }) => [name, medians(name)]));
  const bestPeer = columns((column) => {
    const able = peers.filter(({ isPartial, proof }) => !isPartial && proof[SUBJECT[column]]);
    return able.length === 0 ? null : Math.min(...able.map(({ name }) => byPeer[name]?.[column] ?? Infinity));
  });
  const ratio = columns((column) => {
    const best = bestPeer[column];
    return best !== null && best > 0 ? ours[column] / best : null;
  });

  const row = ({ name, version, gzip, isPartial, proof }: BundledAgent) => {
    const sent = rounds.map((round) => account(round, name));
    return {
      version,
      'gzip B': gzip.toLocaleString('en'),
      ...columns((column) => {
        const values = added(name, column);
        const spread = `${shown(Math.min(...values))}…${shown(Math.max(...values))}`;
        return `${shown(median(values))} (${spread})${proof[SUBJECT[column]] && !isPartial ? '' : ' *'}`;
      }),
      requests: String(median(sent.map(({ requests }) => requests))),
      'KB sent': shown(median(sent.map(({ bytes }) => bytes / 1000))),
    };
  };
  const base = {
    ...{ version: '', 'gzip B': '' },
    ...columns((column) => shown(median(rounds.map((each) => costs(each, BASELINE)[column])))),
  };
  return {
    ours,
    bestPeer,
    ratio,
    peers: byPeer,
    table: {
      'no agent': base,
      ...Object.fromEntries(agents.map((agent) => [agent.name, row(agent)])),
      'ours / best peer': columns((column) => ratio[column]?.toFixed(2) ?? 'none'),
    },
  };
}

function columns<Value>(value: (column: Column) => Value): Record<Column, Value> {
  return Object.fromEntries(COLUMNS.map((column) => [column, value(column)])) as Record<Column, Value>;
}

function costs(round: ReadonlyMap<string, Account>, name: string): Costs {
  return account(round, name).costs;
}

function account(round: ReadonlyMap<string, Account>, name: string): Account {
  const found = round.get(name);
  if (!found) throw new Error(`A round lacks ${name}.`);
  return found;
}

function shown(value: number): string {
  return value.toFixed(Math.abs(value) < 10 ? 2 : 0);
}
