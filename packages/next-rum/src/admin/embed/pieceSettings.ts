import type { Question } from '../../server/question.js';

/** What every piece is told by the page that it stands on. */
export interface PieceSettings {
  /** False as long as nobody knows whether the viewer may see it: it holds its place and asks nothing. */
  readonly isAdmitted: boolean;
  /** Path where the browser finds the collector route, such as `/api/rum`. */
  readonly endpoint: string;
  /** Path of the admin's own page as the browser has it; null where links lead nowhere. */
  readonly adminPath: string | null;
  readonly title: string;
  readonly theme: 'auto' | 'light' | 'dark';
  /** Whether figures stand still until the viewer lets them go on. */
  readonly paused: boolean;
  readonly question: Question;
}
