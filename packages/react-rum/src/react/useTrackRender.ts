'use client';

import { useInsertionEffect, useRef } from 'react';
import { mayRecord } from '../browser/registry.js';
import { recordTiming } from './recordTiming.js';
import { whenLeaving } from './whenLeaving.js';

/**
 * Records how long a component and what it renders take, as timings of kind `render`:
 *
 * - once when it is mounted, `{ phase: 'mount' }`;
 * - its updates in one sum, `{ phase: 'update', count }`, when it is unmounted and when the page is hidden or left.
 *
 * A duration, in ms, is the time by the clock from the call of this hook to React's commit, so it holds pauses that React
 * makes to let the browser work. An update is a render of this component that was committed; one of a child alone is none.
 * A component that suspends is measured from the attempt that succeeded. Works in production builds, where React's
 * `<Profiler>` is silent. `<Activity>` and `<StrictMode>` change no count.
 *
 * @param name Up to 512 characters. Null: nothing is recorded.
 * @example
 * ```tsx
 * import { useTrackRender } from '@rumkit/react-rum';
 *
 * export function ProductList({ names }: { names: string[] }) {
 *   useTrackRender('product_list');
 *   return <ul>{names.map((name) => <li key={name}>{name}</li>)}</ul>;
 * }
 * ```
 */
export function useTrackRender(name: string | null): void {
  // Not read on a server: Next refuses the clock while it prerenders.
  const startedAt = mayRecord() ? performance.now() : 0;
  const { current: updates } = useRef({ count: -1, duration: 0 });

  // Insertion effects, because the others run again whenever <Activity> shows the component or StrictMode tests it.
  useInsertionEffect(() => {
    const duration = performance.now() - startedAt;
    if (++updates.count > 0) updates.duration += duration;
    else if (name) recordTiming('render', name, duration, { phase: 'mount' });
  });
  useInsertionEffect(
    () =>
      whenLeaving(() => {
        const { count, duration } = updates;
        if (name && count > 0) recordTiming('render', name, duration, { phase: 'update', count });
        updates.count = updates.duration = 0;
      }),
    [name, updates],
  );
}
