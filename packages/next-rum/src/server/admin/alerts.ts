import { newId } from '@rumkit/react-rum/protocol';
import type { WatchedIncident } from '../../analysis/insights/watchedIncident.js';
import { nextWithin } from '../../analysis/rules/alertSchedule.js';
import { rulesOf } from '../../analysis/rules/toldAt.js';
import type { StoredNotice } from '../../store/noticeStore.js';
import { alertPlans, DEFAULT_RULES, namedRules } from '../alerts/alertPlan.js';
import { deliverNotices } from '../alerts/deliverNotices.js';
import { ruleWords } from '../alerts/ruleWords.js';
import type { AlertRuleState, AlertsResponse, NoticeLine, SavedResponse } from '../api.js';
import { InvalidParameter } from '../question.js';
import { json } from '../respond.js';
import { readSnoozes, withSnooze } from '../snoozes.js';
import { alertChange } from './alertSchemas.js';
import { type ChangeAsked, type ChangeRoute, readBodyAs, saveDocument } from './change.js';
import type { Asked, DataRoute } from './dataRoute.js';
import { table } from './table.js';

const MAX_NOTICES = 200;
const MAX_OPEN = 100;
const HOUR = 3_600_000;

/** Who is told by which rules, and what they were told of late. */
export const alerts: DataRoute = async (asked) => {
  const { parameters, store, config, now } = asked;
  const { app, timeZone } = config;
  const [notices, watched, incidents] = await Promise.all([
    store.notices(app, MAX_NOTICES + 1),
    store.watchProgress(app),
    store.incidents({ app, from: now, to: now + 1 }, MAX_OPEN),
  ]);
  const shown = notices.slice(0, MAX_NOTICES);
  const body: AlertsResponse = {
    notifiers: config.alerts?.notifiers.map(({ name }) => name) ?? [],
    rules: await ruleStates(
      asked,
      incidents.filter(({ ended }) => ended === null),
      shown,
    ),
    judgedUntil: watched?.until ?? null,
    timeZone,
    notices: shown.map(({ app: _, body: __, ...line }): NoticeLine => line),
    truncated: notices.length > MAX_NOTICES,
  };
  return table(parameters, 'alerts', body, body.notices);
};

async function ruleStates(
  { store, config, now }: Asked,
  open: readonly WatchedIncident[],
  notices: readonly StoredNotice[],
): Promise<readonly AlertRuleState[]> {
  const { app, timeZone, alerts: configured } = config;
  const plan = alertPlans(config)[app];
  if (configured === null || plan === undefined) return [];
  const { until } = await readSnoozes(store, app, 'rules');
  const isOf = (name: string, incident: WatchedIncident): boolean =>
    rulesOf(plan, incident).some((rule) => rule.name === name);
  // Only this package writes them.
  const told = notices.map(({ state, finishedAt, incident, body }) => ({
    state,
    finishedAt,
    incident: incident === null ? null : (JSON.parse(body) as WatchedIncident),
  }));
  return namedRules(configured.rules ?? DEFAULT_RULES).map(([name, rule]) => {
    const { kind, schedule = [] } = rule;
    const mutedUntil = (until[name] ?? 0) > now ? (until[name] ?? 0) : null;
    const next = nextWithin(schedule, timeZone, Math.max(now, mutedUntil ?? 0));
    const sent = told.filter(
      ({ state, incident }) => state === 'sent' && incident !== null && isOf(name, incident),
    );
    return {
      name,
      kind,
      says: ruleWords(rule),
      schedule,
      nextWindow: next > now ? next : null,
      mutedUntil,
      open: open
        .filter((incident) => isOf(name, incident))
        .map(({ id, openedAt }) => ({ id, openedAt }))
        .sort((a, b) => b.openedAt - a.openedAt),
      sent: sent.length,
      lastSentAt: sent.length === 0 ? null : Math.max(...sent.map(({ finishedAt }) => finishedAt ?? 0)),
    };
  });
}

/** Mutes a rule, or tells somebody that nothing is the matter, to see whether it arrives. */
export const changeAlerts: ChangeRoute = async (asked) => {
  const change = readBodyAs(alertChange, asked.body);
  return change.do === 'test' ? sendTest(asked, change.notifier) : mute(asked, change);
};

async function mute(
  asked: ChangeAsked,
  change: { readonly rule: string; readonly hours?: number },
): Promise<Response> {
  const { store, config, now } = asked;
  const { rule, hours } = change;
  const rules = config.alerts === null ? [] : namedRules(config.alerts.rules ?? DEFAULT_RULES);
  if (!rules.some(([name]) => name === rule))
    throw new InvalidParameter('rule', 'rule: there is none of this name');
  const until = hours === undefined ? null : now + hours * HOUR;
  const subject =
    until === null ? `No longer: rule ${rule}` : `Until ${new Date(until).toISOString()}: rule ${rule}`;
  const snoozes = await readSnoozes(store, config.app, 'rules');
  return saveDocument(asked, { ...withSnooze(snoozes, 'rules', rule, until, now), subject });
}

/** What became of it is in the list then. */
async function sendTest(
  { store, config, now, clock, log }: ChangeAsked,
  notifier: string,
): Promise<Response> {
  const { alerts: configured, app } = config;
  if (configured === null || !configured.notifiers.some(({ name }) => name === notifier))
    throw new InvalidParameter('notifier', 'notifier: there is none of this name');
  const id = `test.${newId(now)}`;
  await store.queueNotice({
    app,
    id,
    notifier,
    kind: 'test',
    incident: null,
    createdAt: now,
    dueAt: now,
    attempts: 0,
    state: 'waiting',
    finishedAt: null,
    error: null,
    body: 'null',
  });
  await deliverNotices({ store, config, now: clock, log, only: id });
  return json(200, { id, revision: 1 } satisfies SavedResponse);
}
