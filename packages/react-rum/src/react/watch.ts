/** Watches that target and no other from now on; null: none. */
export type Watch<Target> = (target: Target | null) => void;

/**
 * Makes a watch of one target at a time.
 *
 * @param start Begins to watch; what it returns ends that.
 */
export function createWatch<Target>(start: (target: Target) => () => void): Watch<Target> {
  let watched: Target | null = null;
  let stop: (() => void) | null = null;
  return (target) => {
    if (target === watched) return;
    stop?.();
    watched = target;
    stop = target && start(target);
  };
}
