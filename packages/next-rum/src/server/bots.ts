/** Cannot be part of an app id that a batch names. */
const BOTS = '~bots';

/**
 * The app id that what bots do is stored under. An app of their own keeps them apart from everything that is counted, and
 * lets all that works on an app work on them too.
 */
export function botsOf(app: string): string {
  return app.endsWith(BOTS) ? app : `${app}${BOTS}`;
}
