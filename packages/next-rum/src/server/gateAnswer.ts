import { ADMIN_PATHS } from './api.js';
import { AUTHORIZE_MISSING, type GateVerdict } from './authorize.js';
import type { RumConfig } from './config.js';
import { apiError } from './respond.js';

/** What a request is told that the gate does not let through; null where it does. */
export function gateAnswer(verdict: GateVerdict, config: Pick<RumConfig, 'endpoint'>): Response | null {
  switch (verdict) {
    case 'open':
      return null;
    case 'sign-in':
      return apiError(401, {
        error: 'unauthorized',
        message: `sign in first: POST ${config.endpoint}${ADMIN_PATHS.signIn}`,
      });
    case 'forbidden':
      return apiError(403, { error: 'forbidden', message: 'authorize refuses this request' });
    case 'not-configured':
      return apiError(403, { error: 'forbidden', message: AUTHORIZE_MISSING });
    default:
      return verdict satisfies never;
  }
}
