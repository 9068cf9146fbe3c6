/** Silence that ends a visit, ms: as long as that which ends a session. */
const SILENCE = 30 * 60_000;

/**
 * Which visit each event belongs to: a run of events of one visitor without 30 minutes of silence.
 *
 * @returns A name for each event's visit, in their order.
 */
export function visitsOf(
  events: readonly { readonly visitor: string; readonly occurredAt: number }[],
): readonly string[] {
  const visits = new Array<string>(events.length).fill('');
  const last = new Map<string, { at: number; visit: number }>();
  const order = events.map((_, index) => index);
  const timeOf = (index: number): number => events[index]?.occurredAt ?? 0;
  for (const index of order.sort((a, b) => timeOf(a) - timeOf(b))) {
    const visitor = events[index]?.visitor ?? '';
    const at = timeOf(index);
    const before = last.get(visitor);
    const visit = before === undefined ? 0 : at - before.at >= SILENCE ? before.visit + 1 : before.visit;
    last.set(visitor, { at, visit });
    visits[index] = `${visit} ${visitor}`;
  }
  return visits;
}
