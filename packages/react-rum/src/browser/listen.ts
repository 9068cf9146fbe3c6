import type { Stop } from './collector.js';
import { guard } from './guard.js';

/**
 * Listens on a target of the page, captured; what the listener throws stays inside.
 *
 * @param types Names of events with a space between.
 * @param bubbling Hears the event after the listeners inside the target instead of before them.
 */
export function listen<Heard extends Event>(
  target: EventTarget,
  types: string,
  listener: (event: Heard) => void,
  bubbling?: boolean,
): Stop {
  const guarded = guard(listener) as (event: Event) => void;
  const names = types.split(' ');
  for (const name of names) target.addEventListener(name, guarded, !bubbling);
  return () => {
    for (const name of names) target.removeEventListener(name, guarded, !bubbling);
  };
}
