import type { Notice, Notifier } from './notifier.js';
import { postJson } from './postJson.js';
import { signWebhook, WEBHOOK_HEADERS } from './webhookSignature.js';

export interface WebhookOptions {
  /** Default `webhook`. */
  readonly name?: string;
  /** `https:` (or `http:`) address that takes a POST. */
  readonly url: string;
  /** At least 16 characters; those that begin with `whsec_` are base 64 after that. */
  readonly secret: string;
  /** Default the global one. */
  readonly fetch?: typeof fetch;
  /** Epoch ms; default the clock. */
  readonly now?: () => number;
}

/** What a webhook's body is. */
export interface WebhookBody extends Notice {
  /** Goes up where a field changes its meaning or goes. */
  readonly version: 1;
}

const SHORTEST_SECRET = 16;

/**
 * Posts each notice as JSON ({@link WebhookBody}), signed as Standard Webhooks say, so that `verifyWebhook` or any of their libraries
 * can tell that it is genuine and new. An answer other than 2xx within 10 s is tried again.
 *
 * @throws Error Where the address is none, or the secret is too short.
 *
 * @example
 * ```ts
 * const hook = webhookNotifier({
 *   url: 'https://ops.example/hooks/rum',
 *   secret: process.env.RUM_WEBHOOK_SECRET ?? '',
 * });
 * ```
 */
export function webhookNotifier(options: WebhookOptions): Notifier {
  const { name = 'webhook', url, secret, fetch: send = fetch, now = Date.now } = options;
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw new Error(
      'RUM: webhookNotifier({ url }) must be an https: address, such as https://ops.example/hooks/rum',
    );
  if (secret.length < SHORTEST_SECRET)
    throw new Error(`RUM: webhookNotifier({ secret }) must have at least ${SHORTEST_SECRET} characters`);
  return {
    name,
    send: async (notice) => {
      const body = JSON.stringify({ version: 1, ...notice } satisfies WebhookBody);
      const timestamp = Math.floor(now() / 1000);
      await postJson(send, url, body, {
        [WEBHOOK_HEADERS.id]: notice.id,
        [WEBHOOK_HEADERS.timestamp]: String(timestamp),
        [WEBHOOK_HEADERS.signature]: signWebhook(secret, notice.id, timestamp, body),
      });
    },
  };
}
