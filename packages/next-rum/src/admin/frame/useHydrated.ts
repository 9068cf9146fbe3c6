import { useSyncExternalStore } from 'react';

const never = (): (() => void) => () => {};

/** False while the server renders and the browser takes over: until then nothing may be shown that only the browser knows. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
