import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { reportWeek } from '../analysis/report/reportWeek.js';
import { WEEKDAYS } from '../analysis/rules/alertSchedule.js';
import { defineRum } from '../defineRum.js';
import type { EmailTransport } from '../server/alerts/emailNotifier.js';
import { emailReport } from '../server/report/emailReport.js';
import { reportMessage } from '../server/report/sendReport.js';
import { weekReport } from '../server/report/weekReport.js';
import { openStore } from '../store/openStore.js';

export interface ReportCommand {
  readonly database?: string | undefined;
  readonly app?: string | undefined;
  readonly timeZone: string;
  readonly adminUrl?: string | undefined;
  /** File that the HTML is written to. */
  readonly out?: string | undefined;
  /** `smtp:` address of a server; with `from` and `to` it is sent. */
  readonly smtp?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: readonly string[] | undefined;
  /** Epoch ms. */
  readonly now: number;
}

/** Tells what the seven days up to today were like. @returns As plain text, and whether it was sent. */
export async function report(
  command: ReportCommand,
): Promise<{ readonly text: string; readonly sent: boolean }> {
  const { database, app, timeZone, adminUrl = null, out, smtp, from, to, now } = command;
  if (smtp !== undefined && (from === undefined || to === undefined))
    throw new Error(
      'RUM: --smtp needs --from and --to, such as --from rum@shop.example --to team@shop.example',
    );
  const { config } = defineRum({ database, timeZone, ...(app !== undefined && { app }) });
  const store = await openStore(config.database);
  try {
    const weeks = WEEKDAYS.map((day) => reportWeek({ day, at: '00:00', timeZone }, now));
    const [latest] = weeks.sort((a, b) => b.to - a.to);
    if (latest === undefined) throw new Error('RUM: there is no week before today');
    const told = await weekReport(store, { app: config.app, week: latest, timeZone, adminUrl });
    // Another one each time that somebody asks.
    const message = reportMessage(`${config.app}.report.${latest.name}.${now}`, told);
    if (out !== undefined) await writeFile(out, message.html);
    if (smtp === undefined || from === undefined || to === undefined)
      return { text: message.text, sent: false };
    await emailReport({ transport: await transportOf(smtp), from, to }).send(message);
    return { text: message.text, sent: true };
  } finally {
    await store.close();
  }
}

/** The app's own nodemailer: the package brings none. */
async function transportOf(smtp: string): Promise<EmailTransport> {
  const require = createRequire(join(process.cwd(), 'package.json'));
  let path: string;
  try {
    path = require.resolve('nodemailer');
  } catch (cause) {
    throw new Error('RUM: --smtp needs nodemailer — npm install nodemailer', { cause });
  }
  const { default: nodemailer } = await import(pathToFileURL(path).href);
  return nodemailer.createTransport(smtp);
}
