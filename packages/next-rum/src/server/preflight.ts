import { type Answer, refused, respondTo } from './answer.js';
import type { RumConfig } from './config.js';
import type { Log } from './log.js';
import { corsHeaders, type OriginVerdict, originOf, PREFLIGHT_HEADERS } from './origin.js';

/** Makes the handler of `OPTIONS {endpoint}/batch`, the question a browser asks before a cross-origin batch. */
export function createPreflight(
  config: Pick<RumConfig, 'allowedOrigins'>,
  log: Log,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const verdict = originOf(request.headers, config.allowedOrigins);
    if (verdict.kind === 'refused') return respondTo(originRefusal(verdict), {}, log);
    const headers = verdict.kind === 'allowed' ? { ...corsHeaders(verdict), ...PREFLIGHT_HEADERS } : {};
    return new Response(null, { status: 204, headers: { allow: 'POST, OPTIONS', ...headers } });
  };
}

/** What a foreign page is told. */
export function originRefusal({
  origin,
}: Extract<OriginVerdict, { kind: 'refused' }>): Extract<Answer, { kind: 'refused' }> {
  return refused(403, {
    error: 'origin_not_allowed',
    message: `origin ${origin.slice(0, 256)} may not post here; allow it with defineRum({ allowedOrigins })`,
  });
}
