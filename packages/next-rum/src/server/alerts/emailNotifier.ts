import { noticeLines } from './noticeText.js';
import type { Notifier } from './notifier.js';

/** What is used of a transport of nodemailer. */
export interface EmailTransport {
  sendMail(message: EmailMessage): Promise<unknown>;
}

interface EmailMessage {
  readonly from: string;
  readonly to: string | string[];
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** The same for the same notice. */
  readonly messageId: string;
  readonly headers: { [name: string]: string };
}

export interface EmailOptions {
  /** Default `email`. */
  readonly name?: string;
  /** `createTransport(…)` of nodemailer, which the app installs itself where it wants e-mail. */
  readonly transport: EmailTransport;
  readonly from: string;
  readonly to: string | readonly string[];
}

/**
 * Sends each notice as a mail of plain text.
 *
 * @example
 * ```ts
 * import { createTransport } from 'nodemailer';
 *
 * const email = emailNotifier({
 *   transport: createTransport(process.env.SMTP_URL),
 *   from: 'rum@shop.example',
 *   to: ['ops@shop.example'],
 * });
 * ```
 */
export function emailNotifier({ name = 'email', transport, from, to }: EmailOptions): Notifier {
  return {
    name,
    send: async (notice) => {
      await transport.sendMail({
        from,
        to: typeof to === 'string' ? to : [...to],
        subject: oneLineHeader(`[${notice.app}] ${notice.title}`),
        text: `${noticeLines(notice).join('\n\n')}\n`,
        messageId: `<${notice.id.replace(/[^\w.-]/g, '-')}@${hostOf(from)}>`,
        // So that nobody's holiday answers: https://www.rfc-editor.org/rfc/rfc3834
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    },
  };
}

/** A header is one line, whatever a browser sent. */
export function oneLineHeader(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 300);
}

/** Of an address, for ids of messages. */
export function hostOf(from: string): string {
  return /@([\w.-]+)>?$/.exec(from)?.[1] ?? 'localhost';
}
