import type { WatchedIncident } from '../../../analysis/insights/watchedIncident.js';
import { rulesOf } from '../../../analysis/rules/toldAt.js';
import type { AlertPlan } from '../../noticeStore.js';
import type { SqlRunner } from '../client.js';
import { incident as readIncident } from './incidentRows.js';
import { queueNews } from './noticeRows.js';

/**
 * Puts down who is to be told of what became of incidents, in the transaction that writes them. What is one incident and was noticed in one hour
 * is one message, and its end another, once all of it is over; what is found to be part of it later is a message of its own.
 *
 * @param changed Each as it is now.
 * @param open All that are not over.
 */
export async function queueIncidents(
  runner: SqlRunner,
  plan: AlertPlan,
  changed: readonly WatchedIncident[],
  open: readonly WatchedIncident[],
  now: number,
): Promise<void> {
  const known = new Map([...open, ...changed].map((each) => [each.id, each]));
  const leaders = new Map<string, WatchedIncident>();
  for (const each of changed) {
    const leader =
      each.partOf === null
        ? each
        : (known.get(each.partOf) ?? (await readIncident(runner, each.app, each.partOf)));
    if (leader !== null && isToldWith(plan, each, leader)) leaders.set(leader.id, leader);
    else await queueNews(runner, plan, each, [], now);
  }
  for (const leader of leaders.values()) {
    const parts = [...known.values()].filter(
      (each) => each.partOf === leader.id && isToldWith(plan, each, leader),
    );
    if (leader.ended !== null && parts.some(({ ended }) => ended === null)) continue;
    await queueNews(runner, plan, leader, parts, now);
  }
}

/** Whether whoever is told of the one is told of the other by it. */
function isToldWith(plan: AlertPlan, each: WatchedIncident, leader: WatchedIncident): boolean {
  return each === leader || (each.openedAt === leader.openedAt && rulesOf(plan, leader).length > 0);
}
