import { botsOf } from '../store/rows.js';
import type { Audience } from './question.js';

/** The app id that the views of an audience are stored under. */
export function appOf(audience: Audience, app: string): string {
  switch (audience) {
    case 'visitors':
      return app;
    case 'bots':
      return botsOf(app);
    case 'admin':
      // An agent may name it: `apps: { '/admin/rum': 'default-admin' }`.
      return `${app}-admin`;
  }
}
