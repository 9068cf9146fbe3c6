import type { SideBasis, SideFigure, SideTest } from '../comparison/testSides.js';
import { formatCount, formatInterval, formatShare, formatVital, NO_VALUE } from './figureText.js';
import { causePlace, causeShare } from './incidentWords.js';
import { type IncidentCause, WATCHED_VITALS } from './watchedIncident.js';

/** What was changed. */
export interface ToldChange {
  readonly kind: 'release' | 'flag';
  readonly name: string;
  readonly variant: string | null;
  readonly against: string | null;
  /** Epoch ms. */
  readonly since: number;
}

interface ToldFinding extends SideTest {
  readonly causes: readonly IncidentCause[];
}

/** A difference in plain sentences. What visitors' browsers sent is in them as it is: to be shown as text. */
export interface ComparisonWords {
  /** From what to what, where, with intervals and n. */
  readonly sentence: string;
  /** What it was compared with. */
  readonly basis: string;
  /** Where it is; empty where that is not known. */
  readonly cause: string;
  /** How many views it is about. */
  readonly affected: string;
}

/** `release 1.4.0`, `checkout = on`. */
export function changeName({ kind, name, variant }: ToldChange): string {
  return kind === 'release' ? `release ${name}` : `${name} = ${variant ?? ''}`;
}

/** @param moment Writes a time (epoch ms). */
export function comparisonWords(
  change: ToldChange,
  finding: ToldFinding,
  moment: (time: number) => string,
): ComparisonWords {
  const { metric, route, with: after, basis, affected } = finding;
  const isWorse = affected > 0;
  const what = metric === 'errors' ? 'the share of views with an error' : `p75 ${metric.toUpperCase()}`;
  const place = route === null ? '' : ` on ${route}`;
  const verb = isWorse ? 'rose' : 'fell';
  const figures = `from ${figureText(metric, finding.without)} to ${figureText(metric, after)}`;
  const sure = `${intervalText(metric, after)}n = ${formatCount(after.n)}`;
  const sentence =
    change.kind === 'release'
      ? `Since release ${change.name} (${moment(change.since)}), ${what}${place} ${verb} ${figures} (${sure})`
      : `With ${changeName(change)}, ${what}${place} is ${figureText(metric, after)} (${sure}), ${figureText(metric, finding.without)} with ${change.against ?? NO_VALUE}`;
  const [first] = finding.causes;
  return {
    sentence,
    basis: basisText(change, basis, metric, finding.without),
    cause: first === undefined ? '' : `${causeShare(first)} ${causePlace(first)}`,
    affected: affectedText(metric, affected),
  };
}

function basisText(
  { kind, against }: ToldChange,
  basis: SideBasis,
  metric: SideTest['metric'],
  without: SideFigure,
): string {
  const views = `${formatCount(without.n)} views (${intervalText(metric, without).replace(/, $/, '')})`;
  if (kind === 'flag')
    return `Compared with ${views} of the same days that were shown ${against ?? NO_VALUE}.`;
  if (basis === 'same time')
    return `Compared with ${views} of the same hours that had an older release, ${against ?? 'without a name'} mostly.`;
  return `Compared with ${views} of the same hours of the days before, since too few had an older release at the same time. Something else may have changed too.`;
}

function affectedText(metric: SideTest['metric'], affected: number): string {
  const n = Math.abs(affected);
  const views = `${formatCount(n)} ${n === 1 ? 'view' : 'views'}`;
  const what = metric === 'errors' ? 'with an error' : 'slow';
  return `${views} ${affected > 0 ? 'more' : 'fewer'} ${what}`;
}

/** The value of one side. */
export function figureText(metric: SideTest['metric'], { value }: SideFigure): string {
  if (value === null) return NO_VALUE;
  const vital = WATCHED_VITALS.find((each) => each === metric);
  return vital === undefined ? percent(value.value) : formatVital(vital, value.value);
}

function intervalText(metric: SideTest['metric'], side: SideFigure): string {
  const interval = sideIntervalText(metric, side);
  return interval === '' ? '' : `95 %: ${interval}, `;
}

/** Between what the value of one side lies with 95 %; empty where that is not known. */
export function sideIntervalText(metric: SideTest['metric'], { value }: SideFigure): string {
  if (value === null) return '';
  const vital = WATCHED_VITALS.find((each) => each === metric);
  return vital === undefined
    ? `${(100 * value.low).toFixed(1)}–${(100 * value.high).toFixed(1)} %`
    : formatInterval(vital, [value.low, value.high]);
}

/** Small shares with a digit more. */
function percent(share: number): string {
  return share > 0 && share < 0.1 ? `${(100 * share).toFixed(1)} %` : formatShare(share, 1);
}
