import { defineRum } from '../defineRum.js';
import type { RetentionDays } from '../server/config.js';
import { toRetention } from '../server/retention.js';
import type { KeepResult } from '../store/findingStore.js';
import { openStore } from '../store/openStore.js';
import type { RetainResult, RollUpResult } from '../store/store.js';
import type { WatchResult } from '../store/watchStore.js';

export interface MaintainOptions {
  readonly database?: string | undefined;
  /** Whether to delete what is older than `retention` says. */
  readonly retain: boolean;
  readonly retention: RetentionDays;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Does once what the app does by itself all the time. */
export async function maintain({ database, retain, retention, now }: MaintainOptions): Promise<{
  readonly rollup: RollUpResult;
  /** Null where it was not asked for. */
  readonly retention: RetainResult | null;
  readonly watch: WatchResult;
  readonly findings: KeepResult;
}> {
  const store = await openStore(defineRum({ database }).config.database);
  try {
    const kept = toRetention(retention);
    // Counting alone must not take minutes away that the app wants to keep.
    const rollup = await store.rollUp({ now, retention: retain ? kept : { ...kept, minute: kept.day } });
    const watch = await store.watch({ now });
    const findings = await store.keepFindings({ now });
    return {
      rollup,
      watch,
      findings,
      retention: retain ? await store.retain({ now, retention: kept }) : null,
    };
  } finally {
    await store.close();
  }
}
