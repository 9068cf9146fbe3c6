import type { RumStore } from '../store/store.js';

/** What can be snoozed: all of each kind is one document, since most of it is soon over. */
export type Snoozable = 'incidents' | 'rules';

export interface Snoozes {
  /** 0 where nothing was ever snoozed. */
  readonly revision: number;
  /** Until when, epoch ms, by the id of the incident or the name of the rule. */
  readonly until: { readonly [id: string]: number };
}

export async function readSnoozes(
  store: Pick<RumStore, 'savedOne'>,
  app: string,
  of: Snoozable,
): Promise<Snoozes> {
  const document = await store.savedOne(app, 'snooze', of);
  if (document === null) return { revision: 0, until: {} };
  // Only what was checked is stored.
  const { until } = JSON.parse(document.body) as Pick<Snoozes, 'until'>;
  return { revision: document.revision, until };
}

/** What is to be saved where one snooze changes; those that are over go. @param until Null: it is not snoozed any more. */
export function withSnooze(
  { revision, until }: Snoozes,
  of: Snoozable,
  id: string,
  at: number | null,
  now: number,
): { readonly kind: 'snooze'; readonly id: string; readonly replaces: number; readonly body: object } {
  const kept = Object.entries(until).filter(([each, end]) => end > now && each !== id);
  const all = at === null ? kept : [...kept, [id, at] as const];
  return { kind: 'snooze', id: of, replaces: revision, body: { until: Object.fromEntries(all) } };
}
