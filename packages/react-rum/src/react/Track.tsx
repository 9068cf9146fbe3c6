'use client';

import { Fragment, type FragmentInstance, type ReactNode, type Ref, useRef, version } from 'react';
import { useTrackRender } from './useTrackRender.js';
import { useTrackVisible } from './useTrackVisible.js';
import type { VisibleOptions, VisibleTarget } from './visibleWatch.js';

/** What {@link Track} and {@link withTracking} record. */
export interface TrackOptions {
  /** Records what {@link useTrackRender} does. Default true. */
  readonly render?: boolean;
  /** Records what {@link useTrackVisible} does; options say when it counts. Default false. */
  readonly visible?: boolean | VisibleOptions;
}

export interface TrackProps extends TrackOptions {
  /** Up to 512 characters. */
  readonly name: string;
  readonly children?: ReactNode;
}

/**
 * Records how long its children take to render and, where asked, how long they are visible. As {@link useTrackRender} and
 * {@link useTrackVisible}, without a component of one's own.
 *
 * The page's elements stay as they are, except that `visible` needs a `<span style="display: contents">` around the
 * children where React is older than 19.3; there the first element in it is watched.
 *
 * An update is one that comes from above, with new children; one inside a child is none. To turn `visible` on or off mounts
 * the children anew.
 *
 * @example
 * ```tsx
 * import { Track } from '@rumkit/react-rum';
 *
 * export function Home() {
 *   return (
 *     <Track name="promo" visible={{ minDuration: 2000 }}>
 *       <section>Every lamp −20 %</section>
 *     </Track>
 *   );
 * }
 * ```
 */
export function Track({ name, render = true, visible = false, children }: TrackProps): ReactNode {
  const ref = useRef<VisibleTarget>(null);
  useTrackRender(render ? name : null);
  // Watches nothing while nobody sets the ref; a boolean holds no options.
  useTrackVisible(ref, name, visible as VisibleOptions);
  if (!visible) return children;
  // As texts: a 19.10 would get the element that it does not need.
  return version >= '19.3' ? (
    // biome-ignore lint/complexity/noUselessFragments: it carries the ref.
    <Fragment ref={ref as Ref<FragmentInstance>}>{children}</Fragment>
  ) : (
    <span
      ref={(box) => {
        // Its child, because an element without a box of its own is never seen.
        ref.current = box ? box.firstElementChild : null;
      }}
      style={{ display: 'contents' }}
    >
      {children}
    </span>
  );
}
