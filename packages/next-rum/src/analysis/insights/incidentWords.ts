import type { Where } from '../detectors/segment.js';
import { wilsonInterval } from '../statistics/wilsonInterval.js';
import { countryName, formatCount, formatInterval, formatShare, formatVital } from './figureText.js';
import {
  type IncidentCause,
  type IncidentError,
  type IncidentRule,
  WATCHED_VITALS,
  type WatchedIncident,
} from './watchedIncident.js';

/** An incident in plain sentences. What visitors' browsers sent is in them as it is: to be shown as text. */
export interface IncidentWords {
  /** Since when what rose, from what to what, where, with interval and n. */
  readonly sentence: string;
  /** How much of it is where; empty where nothing is known of it. */
  readonly cause: string;
  /** How many views it is about. */
  readonly affected: string;
}

type Told = Omit<WatchedIncident, 'app' | 'hours'>;

/**
 * Says what an incident is, in words.
 *
 * @param moment Writes a time (epoch ms).
 */
export function incidentWords(incident: Told, moment: (time: number) => string): IncidentWords {
  return {
    sentence: `${when(incident, moment)}, ${isOfErrors(incident) ? errorWords(incident, moment) : what(incident)}`,
    cause: isOfErrors(incident) ? otherErrors(incident) : causeWords(incident),
    affected: affectedWords(incident),
  };
}

/** What an incident is of, where there is room for little: `LCP on /cart`, `too few views`. */
export function incidentName({ metric, where, rule }: Pick<Told, 'metric' | 'where' | 'rule'>): string {
  const place = placeWords(where);
  const vital = WATCHED_VITALS.find((each) => each === metric);
  const what =
    rule?.kind === 'newError'
      ? 'new errors'
      : rule?.kind === 'regressedError'
        ? 'errors that are back'
        : (vital?.toUpperCase() ?? NAMES[metric] ?? metric);
  return place === '' ? what : `${what} ${place}`;
}

const NAMES: { readonly [metric: string]: string } = {
  errors: 'errors',
  traffic: 'too few views',
  silence: 'nobody came',
};

function when({ began, ended, release }: Told, moment: (time: number) => string): string {
  if (ended !== null) return `From ${moment(began)} to ${moment(ended)}`;
  return release === null
    ? `Since ${moment(began)}`
    : `Since release ${release.release} (${moment(release.at)})`;
}

function what(incident: Told): string {
  const { metric, where, n, count, expected, threshold, usual, observed, ended } = incident;
  if (incident.rule !== null) return ruleWords(incident, incident.rule);
  const place = placeWords(where);
  const at = place === '' ? '' : ` ${place}`;
  switch (metric) {
    case 'silence':
      if (count > 0)
        return `nobody ${ended === null ? 'comes' : 'came'} any more: ${formatCount(count)} ${count === 1 ? 'view' : 'views'} in all, where ${formatCount(expected)} would be usual`;
      return `nobody ${ended === null ? 'has come' : 'came'}, where ${formatCount(expected)} views would be usual`;
    case 'traffic':
      return `${formatCount(count)} views came where ${formatCount(expected)} would be usual`;
    case 'errors':
      return `views with an error${at} rose from ${percent(expected, n)} to ${shareWithInterval(count, n)}`;
    default: {
      const vital = WATCHED_VITALS.find((each) => each === metric);
      const name = metric.toUpperCase();
      const [before, now] = [usual?.p75 ?? null, observed?.p75 ?? null];
      if (vital === undefined || before === null || now === null || observed === null || now <= before) {
        const limit =
          vital === undefined || threshold === null ? '' : ` over ${formatVital(vital, threshold)}`;
        return `the share of views whose ${name}${at} is${limit} rose from ${percent(expected, n)} to ${shareWithInterval(count, n)}`;
      }
      const { interval } = observed;
      const sure = interval === null ? '' : `95 %: ${formatInterval(vital, interval)}, `;
      return `p75 ${name}${at} rose from ${formatVital(vital, before)} to ${formatVital(vital, now)} (${sure}n = ${formatCount(observed.n)})`;
    }
  }
}

/** What must not be, and is. */
function ruleWords(
  { metric, where, n, count, threshold, observed, ended }: Told,
  { name, kind, share }: IncidentRule,
): string {
  const vital = WATCHED_VITALS.find((each) => each === metric);
  const place = placeWords(where);
  const at = place === '' ? '' : ` ${place}`;
  const over =
    vital === undefined || threshold === null
      ? `with an error${at}`
      : `whose ${metric.toUpperCase()}${at} is over ${formatVital(vital, threshold)}`;
  if (kind === 'budget')
    return `the budget “${name}” ${ended === null ? 'burns' : 'burnt'} too fast: ${shareWithInterval(count, n)} of the views are ones ${over}, ${percent(share, 1)} may be`;
  if (vital === undefined || threshold === null)
    return `views ${over} ${ended === null ? 'are' : 'were'} ${shareWithInterval(count, n)}, above the ${percent(share, 1)} of “${name}”`;
  const { p75 = null, interval = null, n: views = n } = observed ?? {};
  const sure = interval === null ? '' : `95 %: ${formatInterval(vital, interval)}, `;
  return `p75 ${metric.toUpperCase()}${at} ${ended === null ? 'is' : 'was'} ${formatVital(vital, p75)} (${sure}n = ${formatCount(views)}), above the ${formatVital(vital, threshold)} of “${name}”`;
}

function isOfErrors({ rule }: Told): boolean {
  return rule?.kind === 'newError' || rule?.kind === 'regressedError';
}

/** What came up that was not there. */
function errorWords({ rule, errors, affected }: Told, moment: (time: number) => string): string {
  const [first] = errors;
  const { title = null, visitors = 0, lastBefore = null } = first ?? {};
  const called = `“${title ?? 'an error of which no single one is kept'}”`;
  const to = `to ${formatCount(visitors)} ${visitors === 1 ? 'visitor' : 'visitors'}`;
  const times = `${formatCount(affected)} times`;
  if (errors.length > 1) {
    const [many, what] = [formatCount(errors.length), `${times}, most of all ${called} ${to}`];
    return rule?.kind === 'newError'
      ? `${many} new errors came up ${what}`
      : `${many} errors that had been gone came back ${what}`;
  }
  return rule?.kind === 'newError' || lastBefore === null
    ? `a new error came up ${times} ${to}: ${called}`
    : `an error that had been gone since ${moment(lastBefore)} came back ${times} ${to}: ${called}`;
}

const OTHERS_TOLD = 4;

function otherErrors({ errors }: Told): string {
  const others = errors.slice(1, 1 + OTHERS_TOLD);
  const more = errors.length - 1 - others.length;
  const told = others.map(({ title, events }) => `“${title ?? 'not kept'}” (${formatCount(events)})`);
  if (told.length === 0) return '';
  return `Besides ${told.join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}`;
}

/** Where an error is, in words; empty where nothing is known. */
export function errorPlace({ route, release }: IncidentError): string {
  return placeWords({ ...(route !== null && { route }), ...(release !== null && { release }) });
}

/** Small shares with a digit more. */
function percent(part: number, whole: number): string {
  const share = whole === 0 ? 0 : (100 * part) / whole;
  return share > 0 && share < 10 ? `${share.toFixed(1)} %` : formatShare(part, whole);
}

function shareWithInterval(count: number, n: number): string {
  const interval = wilsonInterval(count, n);
  const sure =
    interval === null ? '' : `95 %: ${interval.map((end) => (100 * end).toFixed(1)).join('–')} %, `;
  return `${percent(count, n)} (${sure}n = ${formatCount(n)})`;
}

function causeWords({ causes }: Told): string {
  const [first] = causes;
  return first === undefined ? '' : `${causeShare(first)} ${causePlace(first)}`;
}

/** `81 % of the rise is`. */
export function causeShare({ share }: IncidentCause): string {
  return share >= 0.995 ? 'All of the rise is' : `${Math.round(100 * share)} % of the rise is`;
}

/** Where a cause is, in words. */
export function causePlace({ places }: IncidentCause): string {
  const words = places.map(placeWords);
  if (words.every((each) => each === '')) return 'everywhere alike';
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

const WORDS: { readonly [dimension: string]: (value: string) => string } = {
  release: (value) => `in release ${value}`,
  route: (value) => `on ${value}`,
  browser: (value) => `in ${value}`,
  device: (value) => `on ${value} devices`,
  country: (value) => `in ${countryName(value)}`,
  connection: (value) => `over ${value}`,
  element: (value) => `of views in which the element is ${value}`,
  resource: (value) => `of views in which the file is ${value}`,
  api: (value) => `of views in which the call ${value} was slow`,
};

/** `on /cart in Safari`; empty for the whole site. */
function placeWords(where: Where): string {
  return Object.entries(WORDS)
    .flatMap(([dimension, words]) => {
      const value = where[dimension];
      return value === undefined ? [] : [words(value)];
    })
    .join(' ');
}

function affectedWords({ metric, affected, rule }: Told): string {
  if (rule?.kind === 'newError' || rule?.kind === 'regressedError')
    return `It happened ${affected === 1 ? 'once' : `${formatCount(affected)} times`}`;
  const views = `${formatCount(affected)} ${affected === 1 ? 'view' : 'views'}`;
  if (rule !== null) return `${views} more than may be`;
  switch (metric) {
    case 'traffic':
    case 'silence':
      return `${views} fewer than usual`;
    case 'errors':
      return `${views} with an error more than usual`;
    default:
      return `${views} slower than usual`;
  }
}
