import { formatCount, formatInterval, formatShare, formatVital } from '../../analysis/insights/figureText.js';
import type { ReportVital, WeekReport } from './report.js';
import {
  changeWords,
  dayFormat,
  oneLine,
  relative,
  routeVital,
  VITAL_LABELS,
  weekWords,
} from './reportWords.js';
import { momentFormat } from './weekReport.js';

/**
 * A report as a mail: tables with their looks in attributes, and bars of cells with a background, since that is what mail programs show; neither Gmail nor
 * Outlook has SVG (https://www.caniemail.com/features/html-svg/), and images are blocked at first. Dark where the program asks for it.
 */
export function reportHtml(report: WeekReport): string {
  const { app, totals, totalsBefore, vitals, newErrors, incidents, routes, releases, timeZone, adminUrl } =
    report;
  const moment = momentFormat(timeZone);
  const link = (path: string, label: string): string =>
    adminUrl === null
      ? escaped(label)
      : `<a href="${escaped(`${adminUrl.replace(/\/$/, '')}${path}`)}" class="a" style="color:#4338ca">${escaped(label)}</a>`;
  const body = [
    section('Vitals, 75th percentile', vitals.map(vitalRow).join('')),
    section(
      'Traffic',
      line(`<b>${formatCount(totals.views)}</b> views`, relative(totals.views, totalsBefore.views)) +
        line(
          `<b>${formatCount(totals.sessions)}</b> sessions`,
          relative(totals.sessions, totalsBefore.sessions),
        ) +
        dayBars(report),
    ),
    section(
      'Errors',
      line(
        `<b>${formatCount(totals.errors)}</b> ${totals.errors === 1 ? 'error' : 'errors'}`,
        relative(totals.errors, totalsBefore.errors),
      ) +
        line(newErrors.count === 0 ? 'No new ones' : `<b>${formatCount(newErrors.count)}</b> new`, '') +
        newErrors.top
          .map(({ fingerprint, title, events, visitors }) =>
            line(
              link(`/errors/${fingerprint}`, oneLine(title)),
              `${formatCount(events)} times to ${formatCount(visitors)} ${visitors === 1 ? 'visitor' : 'visitors'}`,
            ),
          )
          .join(''),
    ),
    section(
      'Incidents',
      incidents.count === 0
        ? line('None', '')
        : line(`<b>${formatCount(incidents.count)}</b>`, `${formatCount(incidents.open)} still open`) +
            incidents.top
              .map(({ id, sentence, affected, isOpen }) =>
                line(link(`/insights/${id}`, oneLine(sentence)), `${isOpen ? 'Open. ' : ''}${affected}`),
              )
              .join(''),
    ),
    section(
      'Routes with most slow views',
      routes.length === 0 ? line('None', '') : routes.map((route) => routeRow(route, link)).join(''),
    ),
    section(
      'Releases',
      releases.length === 0
        ? line('None', '')
        : releases.map(({ release, at }) => line(escaped(oneLine(release)), moment(at))).join(''),
    ),
  ].join('');
  const title = `${app}, ${weekWords(report)}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escaped(title)}</title>
<style>${DARK}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f4f4f6">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#f4f4f6" class="page">
<tr><td align="center" style="padding:16px 8px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#ffffff" class="card" style="max-width:640px;border-radius:8px">
<tr><td style="padding:20px 20px 8px;${FONT}">
<h1 class="text" style="margin:0;color:#16161d;font-size:20px;line-height:28px">${escaped(app)}</h1>
<p class="muted" style="margin:0;color:#5b5b66;font-size:14px;line-height:20px">${escaped(weekWords(report))} (${escaped(timeZone)}), beside the week before</p>
</td></tr>
${body}<tr><td class="muted" style="padding:16px 20px 20px;color:#5b5b66;font-size:12px;line-height:18px;${FONT}">Changes are called significant where their 95 % interval does not hold zero. ${link('', adminUrl === null ? '' : 'Open the admin')}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

const FONT = 'font-family:system-ui,-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif';
const DARK = `@media (prefers-color-scheme: dark) {
.page { background: #131318 !important; }
.card { background: #1c1c23 !important; }
.text { color: #f0f0f4 !important; }
.muted { color: #a9a9b6 !important; }
.line { border-color: #34343f !important; }
.rest { background: #34343f !important; }
.bar { background: #8b85ff !important; }
.bad { color: #ff8080 !important; }
.good { color: #4cc38a !important; }
.a { color: #a5a0ff !important; }
}`;

function section(title: string, rows: string): string {
  return `<tr><td style="padding:12px 20px 0;${FONT}">
<h2 class="text line" style="margin:0;padding:8px 0 6px;border-top:1px solid #e4e4ea;color:#16161d;font-size:15px;line-height:22px">${title}</h2>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">${rows}</table>
</td></tr>
`;
}

/** @param what HTML. @param about Plain text under it. */
function line(what: string, about: string): string {
  const more =
    about === ''
      ? ''
      : `<br><span class="muted" style="color:#5b5b66;font-size:13px;line-height:18px">${escaped(about)}</span>`;
  return `<tr><td class="text" style="padding:4px 0;color:#16161d;font-size:14px;line-height:20px;word-break:break-word;overflow-wrap:anywhere">${what}${more}</td></tr>`;
}

function vitalRow(vital: ReportVital): string {
  const { name, p75, interval, n, change, good, needsImprovement, poor } = vital;
  const tone = change === null || !change.isSure ? null : change.value > 0 ? BAD : GOOD;
  const sign = tone === null ? '' : tone === BAD ? '▲ ' : '▼ ';
  const look =
    tone === null ? 'class="muted" style="color:#5b5b66' : `class="${tone.name}" style="color:${tone.color}`;
  const figure = `<b>${VITAL_LABELS[name]} ${escaped(kept(formatVital(name, p75)))}</b>`;
  const words = `<span ${look};font-size:13px">${escaped(kept(`${sign}${changeWords(vital)}`))}</span>`;
  if (n === 0) return line(`${figure} ${words}`, '');
  const sure =
    interval === null ? 'too few for an interval, ' : `95 % interval ${formatInterval(name, interval)}, `;
  const shares = `${formatShare(good, n)} good, ${formatShare(poor, n)} poor`;
  const parts = [
    { name: 'goodbar', color: '#1f9d5c', part: good },
    { name: 'midbar', color: '#d9a21b', part: needsImprovement },
    { name: 'badbar', color: '#e0383e', part: poor },
  ];
  const bars = parts.map(({ part, ...each }) => cell((100 * part) / n, each)).join('');
  return `${line(`${figure}<br>${words}`, kept(`${sure}${formatCount(n)} ${n === 1 ? 'view' : 'views'}: ${shares}`))}<tr><td style="padding:2px 0 8px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>${bars}</tr></table></td></tr>`;
}

/** A number and its unit are not torn apart. */
function kept(text: string): string {
  return text.replace(/(\d) (s|ms|%)/g, '$1\u00a0$2');
}

interface Cell {
  readonly name: string;
  readonly color: string;
}

/** A part of a bar. @param percent 0–100 */
function cell(percent: number, { name, color }: Cell): string {
  const width = Math.round(percent);
  return width === 0
    ? ''
    : `<td width="${width}%" bgcolor="${color}" class="${name}" style="height:8px;font-size:0;line-height:8px">&nbsp;</td>`;
}

const BAD = { name: 'bad', color: '#c62a2f' } as const;
const GOOD = { name: 'good', color: '#14804a' } as const;

function dayBars({ days, timeZone }: WeekReport): string {
  const day = dayFormat(timeZone);
  const most = Math.max(1, ...days.map(({ views }) => views));
  const rows = days.map(({ t, views }) => bar(day(t), (100 * views) / most, formatCount(views))).join('');
  return `<tr><td style="padding:6px 0"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">${rows}</table></td></tr>`;
}

const BAR = { name: 'bar', color: '#5b52e0' } as const;
const REST = { name: 'rest', color: '#e4e4ea' } as const;

/** @param percent 0–100 */
function bar(label: string, percent: number, value: string): string {
  return `<tr>
<td width="64" class="muted" style="padding:2px 8px 2px 0;color:#5b5b66;font-size:12px;line-height:16px;white-space:nowrap;${FONT}">${escaped(label)}</td>
<td><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>${cell(percent, BAR)}${cell(100 - Math.round(percent), REST)}</tr></table></td>
<td width="72" align="right" class="text" style="padding:2px 0 2px 8px;color:#16161d;font-size:12px;line-height:16px;white-space:nowrap;${FONT}">${escaped(value)}</td>
</tr>`;
}

function routeRow(told: WeekReport['routes'][number], link: (path: string, label: string) => string): string {
  const { route, slow, views } = told;
  const vitals = (['lcp', 'inp', 'cls'] as const).map((name) => routeVital(told, name)).join(', ');
  return (
    line(
      link(`/pages/${encodeURIComponent(route)}`, oneLine(route)),
      kept(`p75 ${vitals}; ${formatCount(views)} views`),
    ) +
    `<tr><td style="padding:0 0 6px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">${bar('Slow', (100 * slow) / Math.max(1, views), `${formatCount(slow)}`)}</table></td></tr>`
  );
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
