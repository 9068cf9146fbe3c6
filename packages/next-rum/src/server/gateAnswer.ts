import { ADMIN_PATHS } from './api.js';
import type { GateVerdict } from './authorize.js';
import type { RumConfig } from './config.js';
import { apiError } from './respond.js';

/** What a request is told that the gate does not let through. */
export function gateAnswer(
  verdict: Exclude<GateVerdict, { readonly kind: 'open' }>,
  config: Pick<RumConfig, 'endpoint'>,
): Response {
  switch (verdict.kind) {
    case 'sign-in':
      return apiError(401, {
        error: 'unauthorized',
        message: `sign in first: POST ${config.endpoint}${ADMIN_PATHS.signIn}`,
      });
    case 'forbidden':
      return apiError(403, { error: 'forbidden', message: 'authorize refuses this request' });
    case 'not-configured':
      return apiError(403, { error: 'forbidden', message: verdict.message });
    default:
      return verdict satisfies never;
  }
}
