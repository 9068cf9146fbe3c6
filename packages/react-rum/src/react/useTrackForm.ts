'use client';

import { type RefCallback, useMemo } from 'react';
import { createFormWatch } from './formWatch.js';

/**
 * Records how a form is filled in, as timings of kind `form`. Give what it returns to the form's `ref`.
 *
 * An attempt starts with the first field that is focused or filled in. It ends `submitted` with a submit event, also one that
 * the application then refuses, or `abandoned` when the form is unmounted or hidden by `<Activity>`, or the page is hidden
 * or left. Whoever goes on begins the next attempt. The duration runs from start to end, in ms; 0 where a form was submitted without having been
 * touched. Properties:
 *
 * - `outcome`: `submitted` or `abandoned`;
 * - `attempt`: 1 for the first;
 * - `fields`: names of the fields in the order in which each was first used, at most 100;
 * - `lastField`: the one used last, null for none.
 *
 * A field goes by its `name`, else its `id`, else its tag. What is in it is never read. `data-rum-ignore` on a field or
 * around it leaves it out, on the form or around it the form.
 *
 * @param name Up to 512 characters.
 * @example
 * ```tsx
 * import { useTrackForm } from '@rumkit/react-rum';
 *
 * export function Newsletter() {
 *   return (
 *     <form ref={useTrackForm('newsletter')}>
 *       <input name="email" type="email" required />
 *       <button type="submit">Subscribe</button>
 *     </form>
 *   );
 * }
 * ```
 */
export function useTrackForm(name: string): RefCallback<HTMLFormElement> {
  return useMemo(() => createFormWatch(name), [name]);
}
