import { incidentWords } from '../../analysis/insights/incidentWords.js';
import type { WatchedIncident } from '../../analysis/insights/watchedIncident.js';
import type { Filter } from '../../store/store.js';
import type { Insight, InsightResponse, InsightsResponse } from '../api.js';
import { InvalidParameter } from '../question.js';
import { apiError, json } from '../respond.js';
import { readSnoozes, withSnooze } from '../snoozes.js';
import { type ChangeRoute, readBodyAs, saveDocument } from './change.js';
import { type DataRoute, resolve } from './dataRoute.js';
import { FINDING_ID, INCIDENT_ID, insightChange } from './insightSchemas.js';
import { table } from './table.js';

const MAX_INSIGHTS = 100;
/** Among which those that filters let through are looked for. */
const MAX_READ = 1000;
const HOUR = 3_600_000;
const GONE = 'there is no such incident, or it is no longer kept';

/** What was unusual, in a range. */
export const insights: DataRoute = async (asked) => {
  const { parameters, store, config, now } = asked;
  const { range, filters, views } = resolve(asked);
  const question = { app: config.app, from: range.from, to: range.to };
  const [found, ofNow, watched, snoozes] = await Promise.all([
    views.app === config.app ? store.incidents(question, MAX_READ) : [],
    store.incidents({ app: config.app, from: now, to: now + 1 }, MAX_READ),
    store.watchProgress(config.app),
    readSnoozes(store, config.app, 'incidents'),
  ]);
  const quietUntil = (id: string): number | null => snoozedUntil(snoozes.until[id], now);
  const toInsight = ({ app: _, hours: __, ...rest }: WatchedIncident): Insight => ({
    ...rest,
    snoozedUntil: quietUntil(rest.id),
    together: togetherWith(rest, found),
  });
  const matching = found.filter((incident) => mayConcern(incident, filters)).map(toInsight);
  const open = ofNow.filter(({ id, ended }) => ended === null && quietUntil(id) === null);
  const body: InsightsResponse = {
    range,
    watched,
    open: new Set(open.map(({ id, partOf }) => partOf ?? id)).size,
    insights: matching.slice(0, MAX_INSIGHTS),
    truncated: matching.length > MAX_INSIGHTS,
  };
  return table(parameters, 'insights', body, body.insights.map(toRow));
};

/** One of them, with its hours. */
export const insight: DataRoute = async ({ parameters, store, config, now }) => {
  const id = parameters.get('id') ?? '';
  if (!INCIDENT_ID.test(id))
    throw new InvalidParameter('id', 'id must be that of an incident, such as lcp-1764000000000');
  const incident = await store.incident(config.app, id);
  if (incident === null) return apiError(404, { error: 'not_found', message: GONE });
  const { app, ...rest } = incident;
  const first = incident.partOf === null ? incident : await store.incident(app, incident.partOf);
  const span = { app, from: first?.began ?? incident.began, to: first?.ended ?? now };
  const [{ until }, others] = await Promise.all([
    readSnoozes(store, app, 'incidents'),
    store.incidents(span, MAX_READ),
  ]);
  return json(200, {
    ...rest,
    snoozedUntil: snoozedUntil(until[id], now),
    together: togetherWith(incident, others),
  } satisfies InsightResponse);
};

/** Those of an event that are one with an incident, the first one first. */
function togetherWith(
  { id, partOf }: Pick<WatchedIncident, 'id' | 'partOf'>,
  others: readonly WatchedIncident[],
): Insight['together'] {
  const first = partOf ?? id;
  return others
    .filter((other) => other.id !== id && (other.partOf ?? other.id) === first)
    .sort((one, other) => Number(other.id === first) - Number(one.id === first))
    .map(({ id, metric, where, rule }) => ({ id, metric, where, rule }));
}

export const changeInsights: ChangeRoute = async (asked) => {
  const { store, config, now } = asked;
  const change = readBodyAs(insightChange, asked.body);
  const until = change.do === 'wake' ? null : now + change.hours * HOUR;
  const incident = await store.incident(config.app, change.id);
  if (incident === null && !FINDING_ID.test(change.id))
    return apiError(404, { error: 'not_found', message: GONE });
  const sentence =
    incident === null
      ? `${change.id.startsWith('trend') ? 'a trend or a shift' : 'what a release or a flag made'} (${change.id})`
      : incidentWords(incident, utc).sentence;
  const subject = until === null ? `No longer: ${sentence}` : `Until ${utc(until)}: ${sentence}`;
  const answer = await saveDocument(asked, {
    ...withSnooze(await readSnoozes(store, config.app, 'incidents'), 'incidents', change.id, until, now),
    subject,
  });
  if (answer.ok && until === null) await store.hurryNotices(config.app, change.id, now);
  return answer;
};

export function snoozedUntil(until: number | undefined, now: number): number | null {
  return until === undefined || until <= now ? null : until;
}

/** Whether an incident may be one of views for which filters hold: it names nothing of their dimension, or one of their values. */
export function mayConcern(
  { where, causes }: Pick<WatchedIncident, 'where' | 'causes'>,
  filters: readonly Filter[],
): boolean {
  const places = [where, ...(causes[0]?.places ?? [])];
  return filters.every(({ dimension, keep, values }) => {
    const named = places.flatMap((place) => place[dimension] ?? []);
    return named.length === 0 || named.some((value) => values.includes(value) === keep);
  });
}

function toRow(insight: Insight): object {
  const { id, metric, began, openedAt, ended, affected, n, count, expected, usual, observed, release } =
    insight;
  const { sentence, cause } = incidentWords(insight, utc);
  return {
    id,
    metric,
    sentence,
    cause,
    began,
    openedAt,
    ended,
    affected,
    n,
    count,
    expected,
    p75Before: usual?.p75 ?? null,
    p75: observed?.p75 ?? null,
    release: release?.release ?? null,
    partOf: insight.partOf,
    snoozedUntil: insight.snoozedUntil,
  };
}

function utc(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
