import { Command, InvalidArgumentError } from 'commander';
import { defineRum } from '../defineRum.js';
import type { RetentionDays } from '../server/config.js';
import { type CopyOptions, copyDatabase } from '../store/copy/copyDatabase.js';
import { migrate } from '../store/migrate/migrate.js';
import { type EraseCommand, erase } from './erase.js';
import { maintain } from './maintain.js';
import { type ReportCommand, report } from './report.js';
import { seed } from './seed.js';

/** What the command line takes from its surroundings. */
export interface ProgramEnvironment {
  /** Epoch ms. */
  readonly now: () => number;
  /** Shows one line. */
  readonly print: (line: string) => void;
}

interface DatabaseOption {
  readonly database?: string;
}

interface SeedOption extends DatabaseOption {
  readonly app?: string;
  readonly days: number;
  readonly seed: number;
}

type ReportOption = Omit<ReportCommand, 'now'>;

interface CopyOption {
  readonly from: string;
  readonly to: string;
}

interface MaintainOption extends DatabaseOption, Partial<RetentionDays> {
  readonly retain?: boolean;
}

const RETAIN_BY_DEFAULT = 'next-rum maintain --retain --raw 30 --minutes 2 --hours 90 --days 396';

const DATABASE_OPTION = [
  '--database <url>',
  'file:./rum.db or postgresql://user:password@host/database (default: RUM_DATABASE_URL, else file:./rum.db)',
] as const;

/** The `next-rum` command. Rejects with an error whose message names the mend. */
export function createProgram({ now, print }: ProgramEnvironment): Command {
  const program = new Command('next-rum')
    .description('Real User Monitoring for Next.js, in your own app and database.')
    .showHelpAfterError('(add --help for what can be given)');

  program
    .command('migrate')
    .description('Create or update the tables. The app does this itself at its first request.')
    .option(...DATABASE_OPTION)
    .action(async (options: DatabaseOption) => {
      const applied = await migrate(defineRum(options).config.database);
      print(applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'The tables are up to date.');
    });

  program
    .command('maintain')
    .description(
      'Count what is new into rollups, watch for what is unusual, and with --retain delete what is old. The app does all this itself.',
    )
    .option(...DATABASE_OPTION)
    .option('--retain', 'delete what is older than the days below, which all have to be said')
    .option('--raw <days>', 'how long views and events are kept, as defineRum({ retention }) says', dayCount)
    .option('--minutes <days>', 'counts of minutes', dayCount)
    .option('--hours <days>', 'counts of hours', dayCount)
    .option('--days <days>', 'counts of days', dayCount)
    .addHelpText('after', `\nExample, with the defaults of defineRum:\n  $ ${RETAIN_BY_DEFAULT}`)
    .action(async ({ database, retain = false, ...kept }: MaintainOption) => {
      const retention = retain ? retentionOf(kept) : null;
      const { rollup, watch, findings, retention: deleted } = await maintain({ database, retention, now });
      print(
        rollup.kind === 'busy'
          ? 'Another instance counts at the moment.'
          : `Counted ${rollup.minutes} minutes, ${rollup.hours} hours, ${rollup.days} days.`,
      );
      print(
        watch.kind === 'busy'
          ? 'Another instance watches at the moment.'
          : `Watched ${watch.hours} hours: ${watch.opened} ${watch.opened === 1 ? 'incident' : 'incidents'} opened, ${watch.resolved} resolved.`,
      );
      print(
        findings.kind === 'busy'
          ? 'Another instance compares at the moment.'
          : `Compared releases, flags and weeks of ${findings.apps} ${findings.apps === 1 ? 'app' : 'apps'}.`,
      );
      if (deleted === null) return;
      print(
        deleted.kind === 'busy'
          ? 'Another instance deletes at the moment.'
          : `Deleted ${deleted.views} views, ${deleted.events} events, ${deleted.rollups} rows of rollups.`,
      );
    });

  program
    .command('erase')
    .description(
      'Erase what was stored of a visitor, of a user, from before a moment, or as sample data, at once and for good. Bots of the app are included.',
    )
    .option(...DATABASE_OPTION)
    .option('--app <id>', 'application id (default: default)')
    .option('--visitor <hex>', 'pseudonym of a visitor, 32 hex digits', visitorName)
    .option('--user <id>', 'user id, as the app gives it to the agent')
    .option('--before <date>', 'all that happened before a day (UTC) or a moment, such as 2026-11-01', moment)
    .option('--sample', 'sample data')
    .addHelpText('after', '\nExample:\n  $ next-rum erase --database file:./rum.db --app shop --user u-17')
    .action(async (options: EraseCommand) => {
      const { apps, views, events } = await erase(options);
      print(`Erased ${views} views, ${events} events of ${apps.join(' and ')}.`);
    });

  program
    .command('copy')
    .description(
      'Copy everything into another database, and check that it arrived. May be broken off and run again.',
    )
    .requiredOption('--from <url>', 'database with the rows: file:./rum.db or postgresql://…')
    .requiredOption('--to <url>', 'database that they are to be in')
    .addHelpText(
      'after',
      '\nExample:\n  $ next-rum copy --from file:./rum.db --to postgresql://user@host/rum',
    )
    .action(async ({ from, to }: CopyOption) => {
      const result = await copyDatabase({ from, to, onProgress: tenths(print) });
      const {
        views,
        events,
        rollups,
        deadLetters,
        labels,
        counts,
        saved,
        changes,
        watches,
        incidents,
        notices,
      } = result;
      print(`Views: ${views.seen} compared, ${views.written} of them new. SHA-256 ${views.checksum}`);
      print(`Events: ${events.seen} compared, ${events.written} of them new. SHA-256 ${events.checksum}`);
      for (const [title, { seen, written, checksum }] of [
        ['Rows put aside', deadLetters],
        ['Labels', labels],
        ['Counts of minutes', counts],
        ['Saved in the admin', saved],
        ['Changes of it', changes],
        ['Apps watched', watches],
        ['Incidents', incidents],
        ['Messages', notices],
        ['Rollups of a time without raw rows', rollups],
      ] as const) {
        print(`${title}: ${seen} compared, ${written} of them new. SHA-256 ${checksum}`);
      }
      print('All other rollups are made anew.');
    });

  program
    .command('report')
    .description(
      'Tell what the last seven days were like, as text; as HTML with --out; by e-mail with --smtp.',
    )
    .option(...DATABASE_OPTION)
    .option('--app <id>', 'application id (default: default)')
    .option('--time-zone <name>', 'whose days, such as Europe/Berlin', 'UTC')
    .option('--admin-url <url>', 'where the admin is found, for links')
    .option('--out <file>', 'write the HTML there')
    .option(
      '--smtp <url>',
      'send it through a server, such as smtps://user:password@mail.example (needs nodemailer)',
    )
    .option('--from <address>', 'sender')
    .option('--to <address...>', 'who gets it')
    .addHelpText('after', '\nExample:\n  $ next-rum report --time-zone Europe/Berlin --out report.html')
    .action(async (options: ReportOption) => {
      const { text, sent } = await report({ ...options, now: now() });
      print(text.trimEnd());
      if (options.out !== undefined) print(`Wrote ${options.out}.`);
      if (sent) print(`Sent to ${options.to?.join(', ')}.`);
    });

  program
    .command('seed')
    .description('Fill an empty database with made-up visits, marked as sample data.')
    .option(...DATABASE_OPTION)
    .option('--days <number>', 'how many days back, 1 to 30', wholeNumber(1, 30), 7)
    .option('--app <id>', 'application id (default: default)')
    .option('--seed <number>', 'the same number makes the same visits', wholeNumber(0, 2 ** 32 - 1), 1)
    .addHelpText('after', '\nExample:\n  $ next-rum seed --database file:./rum.db --days 7')
    .action(async (options: SeedOption) => {
      const result = await seed({ ...options, now: now() });
      print(
        result === null
          ? 'The database holds views already: nothing was added.'
          : `Added ${result.visits} sample visits: ${result.views} views, ${result.events} events.`,
      );
    });

  return program;
}

/** Tells of every tenth of a table. */
function tenths(print: (line: string) => void): CopyOptions['onProgress'] {
  const told = { views: 0, events: 0 };
  return (kind, { seen, total }) => {
    const tenth = Math.floor((10 * seen) / Math.max(seen, total));
    if (tenth <= told[kind]) return;
    told[kind] = tenth;
    print(`${kind}: ${seen} of ${Math.max(seen, total)}`);
  };
}

/** What is kept depends on the app's own configuration, which the command line does not know: to guess it would delete too much. */
function retentionOf({ raw, minutes, hours, days }: Partial<RetentionDays>): RetentionDays {
  if (raw === undefined || minutes === undefined || hours === undefined || days === undefined) {
    const missing = Object.entries({ raw, minutes, hours, days }).flatMap(([name, value]) =>
      value === undefined ? [`--${name}`] : [],
    );
    throw new Error(
      `RUM: --retain deletes what is older than is said, and ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing — give the days of ` +
        `defineRum({ retention }); by default that is ${RETAIN_BY_DEFAULT}`,
    );
  }
  return { raw, minutes, hours, days };
}

function visitorName(text: string): string {
  const name = text.toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(name)) throw new InvalidArgumentError('Give 32 hex digits.');
  return name;
}

function moment(text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (Number.isNaN(time) || time < 0) {
    throw new InvalidArgumentError('Give a day such as 2026-11-01, or a moment such as 2026-11-01T12:00Z.');
  }
  return time;
}

function dayCount(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value <= 36_500)) {
    throw new InvalidArgumentError('Give a number of days above 0.');
  }
  return value;
}

function wholeNumber(smallest: number, largest: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value) || value < smallest || value > largest) {
      throw new InvalidArgumentError(`Give a whole number from ${smallest} to ${largest}.`);
    }
    return value;
  };
}
