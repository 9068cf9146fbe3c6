import { type EmailOptions, hostOf, oneLineHeader } from '../alerts/emailNotifier.js';
import type { ReportSender } from './report.js';

/**
 * Sends reports as mails, of HTML and of plain text.
 *
 * @example
 * ```ts
 * import { createTransport } from 'nodemailer';
 *
 * const sender = emailReport({
 *   transport: createTransport(process.env.SMTP_URL),
 *   from: 'rum@shop.example',
 *   to: ['team@shop.example'],
 * });
 * ```
 */
export function emailReport({ transport, from, to }: Omit<EmailOptions, 'name'>): ReportSender {
  return {
    send: async ({ id, subject, text, html }) => {
      await transport.sendMail({
        from,
        to: typeof to === 'string' ? to : [...to],
        subject: oneLineHeader(subject),
        text,
        html,
        messageId: `<${id.replace(/[^\w.-]/g, '-')}@${hostOf(from)}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    },
  };
}
