import { formatCount } from '../../analysis/insights/figureText.js';
import type { WeekReport } from './report.js';
import {
  changeWords,
  dayFormat,
  oneLine,
  relative,
  routeVital,
  VITAL_LABELS,
  vitalWords,
  weekWords,
} from './reportWords.js';
import { momentFormat } from './weekReport.js';

/** A report as plain text. */
export function reportText(report: WeekReport): string {
  const { totals, totalsBefore, vitals, newErrors, incidents, routes, releases, timeZone } = report;
  const day = dayFormat(timeZone);
  const moment = momentFormat(timeZone);
  const parts = [
    `${report.app}, ${weekWords(report)} (${timeZone})`,
    section(
      'Vitals, p75',
      vitals.map((vital) => `${VITAL_LABELS[vital.name]}: ${vitalWords(vital)}; ${changeWords(vital)}`),
    ),
    section('Traffic', [
      `Views: ${formatCount(totals.views)}, ${relative(totals.views, totalsBefore.views)}`,
      `Sessions: ${formatCount(totals.sessions)}, ${relative(totals.sessions, totalsBefore.sessions)}`,
      ...report.days.map(
        ({ t, views, sessions }) =>
          `${day(t)}: ${formatCount(views)} views, ${formatCount(sessions)} sessions`,
      ),
    ]),
    section('Errors', [
      `${formatCount(totals.errors)}, ${relative(totals.errors, totalsBefore.errors)}; ${newErrors.count === 0 ? 'no new ones' : `${formatCount(newErrors.count)} new`}`,
      ...newErrors.top.map(({ title, events }) => `New, ${formatCount(events)} times: ${oneLine(title)}`),
    ]),
    section('Incidents', [
      incidents.count === 0
        ? 'None'
        : `${formatCount(incidents.count)}, ${formatCount(incidents.open)} still open`,
      ...incidents.top.map(({ sentence, isOpen }) => `${isOpen ? 'Open: ' : ''}${oneLine(sentence)}`),
    ]),
    section(
      'Routes with most slow views',
      routes.length === 0
        ? ['None']
        : routes.map(
            (route) =>
              `${oneLine(route.route)}: ${formatCount(route.slow)} of ${formatCount(route.views)} views, p75 ${routeVital(route, 'lcp')}`,
          ),
    ),
    section(
      'Releases',
      releases.length === 0
        ? ['None']
        : releases.map(({ release, at }) => `${oneLine(release)}, ${moment(at)}`),
    ),
    ...(report.adminUrl === null ? [] : [report.adminUrl]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function section(title: string, lines: readonly string[]): string {
  return [title.toUpperCase(), ...lines.map((line) => `- ${line}`)].join('\n');
}
