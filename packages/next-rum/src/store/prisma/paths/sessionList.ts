import type { SessionList, SessionNeeds, SessionSummary } from '../../pathStore.js';
import type { ViewRange } from '../../store.js';
import type { Source } from '../rollup/rollupCells.js';
import { type LatestSessions, latestSessions } from './latestSessions.js';
import { hasWhatIsNeeded, summarise } from './summarise.js';
import { addTroubles, type Troubles } from './troubles.js';

/** Most views among which sessions are looked for. */
const MAX_VIEWS = 30_000;

/** @see {@link RumStore.sessions} */
export async function sessionList(
  source: Source,
  range: ViewRange,
  needs: SessionNeeds,
  limit: number,
): Promise<SessionList> {
  const troubles = new Map<string, Troubles>();
  let listed: readonly SessionSummary[] = [];
  const { seen } = await latestSessions(source, range, MAX_VIEWS, async (look, read) => {
    if (read.begins < read.ends) await addTroubles(source, range.app, read, troubles);
    listed = summaries(await look(), troubles, needs);
    return listed.length > limit;
  });
  return {
    sessions: listed.slice(0, limit),
    truncated: listed.length > limit || !seen.complete,
    seen,
  };
}

function summaries(
  { sessions }: LatestSessions,
  troubles: ReadonlyMap<string, Troubles>,
  needs: SessionNeeds,
): readonly SessionSummary[] {
  return sessions
    .map((views) => summarise(views, troubles))
    .filter((session) => hasWhatIsNeeded(session, needs))
    .reverse();
}
