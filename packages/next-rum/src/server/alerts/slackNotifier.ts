import { noticeLines } from './noticeText.js';
import type { Notifier } from './notifier.js';
import { postJson } from './postJson.js';

export interface SlackOptions {
  /** Default `slack`. */
  readonly name?: string;
  /** Of an incoming webhook, a secret in itself. */
  readonly url: string;
  /** Default the global one. */
  readonly fetch?: typeof fetch;
}

/**
 * Posts each notice to an incoming webhook of Slack, or of anything that takes the same (`{ "text": … }`), such as Mattermost and
 * Rocket.Chat.
 *
 * @throws Error Where the address is none.
 *
 * @example
 * ```ts
 * const slack = slackNotifier({ url: process.env.SLACK_WEBHOOK_URL ?? '' });
 * ```
 */
export function slackNotifier({ name = 'slack', url, fetch: send = fetch }: SlackOptions): Notifier {
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw new Error('RUM: slackNotifier({ url }) must be the https: address of an incoming webhook');
  return {
    name,
    send: (notice) => postJson(send, url, JSON.stringify({ text: escaped(noticeLines(notice).join('\n')) })),
  };
}

/** https://docs.slack.dev/messaging/formatting-message-text#escaping: or what a browser sent could call everybody. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
