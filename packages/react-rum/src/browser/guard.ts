/**
 * Wraps what the page calls into the agent, so that a mistake of the agent (or an object of the page that throws when
 * looked at) never becomes an exception of the page.
 */
export function guard<Arguments extends unknown[]>(
  run: (...args: Arguments) => void,
): (...args: Arguments) => void {
  return (...args) => {
    try {
      run(...args);
    } catch (cause) {
      // Not `console.error`, which is recorded.
      console.warn('RUM', cause);
    }
  };
}
