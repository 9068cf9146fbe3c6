import { defineRum } from '../defineRum.js';
import type { RetentionDays } from '../server/config.js';
import { toRetention } from '../server/retention.js';
import type { KeepResult } from '../store/findingStore.js';
import { DEFAULT_RETENTION, type RetainResult, type RollUpResult } from '../store/jobStore.js';
import { openStore } from '../store/openStore.js';
import type { WatchResult } from '../store/watchStore.js';

export interface MaintainOptions {
  readonly database?: string | undefined;
  /** How long rows are kept; null: nothing is deleted. */
  readonly retention: RetentionDays | null;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Does once what the app does by itself all the time. */
export async function maintain({ database, retention, now }: MaintainOptions): Promise<{
  readonly rollup: RollUpResult;
  /** Null where it was not asked for. */
  readonly retention: RetainResult | null;
  readonly watch: WatchResult;
  readonly findings: KeepResult;
}> {
  const { config } = defineRum({ database });
  const kept = retention === null ? null : toRetention(retention);
  const store = await openStore(config.database, kept === null ? {} : { retention: kept });
  try {
    const { day } = DEFAULT_RETENTION;
    // Counting alone must not take minutes away that the app wants to keep.
    const rollup = await store.rollUp({ now, retention: kept ?? { ...DEFAULT_RETENTION, minute: day } });
    const watch = await store.watch({ now });
    const findings = await store.keepFindings({ now });
    return {
      rollup,
      watch,
      findings,
      retention: kept === null ? null : await store.retain({ now, retention: kept }),
    };
  } finally {
    await store.close();
  }
}
