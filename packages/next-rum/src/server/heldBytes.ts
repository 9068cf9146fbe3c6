/** Counts what is taken on and not answered yet, against one bound. */
export interface HeldBytes {
  readonly most: number;
  /** True when nothing more fits. */
  full(): boolean;
  now(): number;
  /**
   * Takes so many on, whole or not at all.
   *
   * @returns Gives them back, once however often it is called; null where they do not fit.
   */
  hold(bytes: number): (() => void) | null;
}

/**
 * Bytes of bodies that one store holds at most, from when they are unfolded until they are answered. A character counts as one, and
 * takes two where any of its text is not Latin.
 */
const MAX_BYTES = 32 * 1024 * 1024;

/** Makes a count, of nothing yet. */
export function createHeldBytes(most: number = MAX_BYTES): HeldBytes {
  let held = 0;
  return {
    most,
    full: () => held >= most,
    now: () => held,
    hold: (bytes) => {
      if (held + bytes > most) return null;
      held += bytes;
      let isHeld = true;
      return () => {
        if (isHeld) held -= bytes;
        isHeld = false;
      };
    },
  };
}
