/** Has counts stored soon after they changed, so that a process that is killed loses little. */
export interface CountSaving {
  /**
   * Says that something was counted. Resolves when that is stored, or could not be; the same promise for all that is stored in
   * one go. Never rejects.
   */
  changed(): Promise<void>;
  /** From now on nothing is waited for: the process is about to end. */
  hurry(): void;
}

/** ms: one small write a second at most, however many batches come. */
const SAVE_WITHIN = 1000;
/** ms until what could not be stored is tried again. */
const RETRY_AFTER = 10_000;

/** @param save Stores all that is counted and not yet stored; resolves with whether it is. Only one runs at a time. */
export function createCountSaving(save: () => Promise<boolean>): CountSaving {
  let planned: Promise<void> | null = null;
  let running: Promise<void> = Promise.resolve();
  let pause = SAVE_WITHIN;
  let isHurried = false;
  let wake = (): void => undefined;

  function changed(): Promise<void> {
    planned ??= saveAfter(running);
    return planned;
  }

  async function saveAfter(earlier: Promise<void>): Promise<void> {
    await earlier;
    if (!isHurried) await waiting();
    // What is counted from here on may come too late for this one.
    running = planned ?? running;
    planned = null;
    const isSaved = await save();
    pause = isSaved ? SAVE_WITHIN : RETRY_AFTER;
    if (!isSaved && !isHurried) void changed();
  }

  function waiting(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pause);
      // Whoever ends the process does not wait for counts.
      timer.unref();
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  return {
    changed,
    hurry: () => {
      isHurried = true;
      wake();
    },
  };
}
