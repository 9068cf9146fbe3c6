import { createHmac, timingSafeEqual } from 'node:crypto';

/** Names of the headers, https://www.standardwebhooks.com. */
export const WEBHOOK_HEADERS = {
  id: 'webhook-id',
  timestamp: 'webhook-timestamp',
  signature: 'webhook-signature',
} as const;

const VERSION = 'v1';
const PREFIX = 'whsec_';
/** Seconds that the clocks of both sides may differ, and a message may be under way. */
const TOLERANCE = 300;

/** @param timestamp Seconds since 1970. */
export function signWebhook(secret: string, id: string, timestamp: number, body: string): string {
  const signature = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64');
  return `${VERSION},${signature}`;
}

export interface WebhookToVerify {
  readonly headers: Headers;
  /** As it came, before it is parsed. */
  readonly body: string;
  /** What `webhookNotifier` was given; two of them while one takes the place of the other. */
  readonly secret: string | readonly string[];
  /** Epoch ms; default the clock. */
  readonly now?: number;
}

/**
 * Whether a webhook is one that `webhookNotifier` sent with the secret, at most five minutes ago. As Standard Webhooks say
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md): HMAC-SHA256 of id, timestamp and body,
 * compared in constant time. What has been done under an id (`webhook-id`) need not be done again.
 *
 * @example
 * ```ts
 * export async function POST(request: Request): Promise<Response> {
 *   const body = await request.text();
 *   const secret = process.env.RUM_WEBHOOK_SECRET ?? '';
 *   if (!verifyWebhook({ headers: request.headers, body, secret })) return new Response(null, { status: 401 });
 *   const { kind, title } = JSON.parse(body);
 *   console.log(kind, title);
 *   return new Response(null, { status: 204 });
 * }
 * ```
 */
export function verifyWebhook({ headers, body, secret, now = Date.now() }: WebhookToVerify): boolean {
  const id = headers.get(WEBHOOK_HEADERS.id) ?? '';
  const timestamp = headers.get(WEBHOOK_HEADERS.timestamp) ?? '';
  if (id === '' || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE) return false;
  const secrets = (typeof secret === 'string' ? [secret] : secret).filter((each) => each !== '');
  const given = (headers.get(WEBHOOK_HEADERS.signature) ?? '').split(' ');
  return secrets.some((each) => {
    const expected = Buffer.from(signWebhook(each, id, Number(timestamp), body));
    return given.some((signature) => {
      const actual = Buffer.from(signature);
      return actual.length === expected.length && timingSafeEqual(actual, expected);
    });
  });
}

/** Secrets that begin with `whsec_` are base 64, as Standard Webhooks say; any other is its own bytes. */
function keyOf(secret: string): Buffer {
  return secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), 'base64') : Buffer.from(secret);
}
