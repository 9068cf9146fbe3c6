import { guard } from './guard.js';

/**
 * Listens on a target of the page; what the listener throws stays inside.
 *
 * @param capture Whether to hear the event before the listeners inside the target.
 * @returns Stops listening.
 */
export function listen<Type extends keyof (WindowEventMap & DocumentEventMap)>(
  target: Window | Document,
  type: Type,
  listener: (event: (WindowEventMap & DocumentEventMap)[Type]) => void,
  capture?: boolean,
): () => void {
  const guarded = guard(listener) as (event: Event) => void;
  target.addEventListener(type, guarded, capture);
  return () => target.removeEventListener(type, guarded, capture);
}
