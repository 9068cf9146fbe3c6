import { newId } from '../protocol/index.js';

const KEY = 'rum.session';

/**
 * The session's id: new for each page in strict mode, kept for the tab under consent.
 *
 * @param now Epoch ms.
 */
export function sessionIdOf(privacy: 'strict' | 'consent', now: number): string {
  const id = newId(now);
  if (privacy === 'strict') return id;
  try {
    const kept = sessionStorage.getItem(KEY);
    if (kept) return kept;
    sessionStorage.setItem(KEY, id);
  } catch {
    // Storage is blocked: the session then ends with the page, as in strict mode.
  }
  return id;
}
