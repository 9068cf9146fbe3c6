import { newId } from '@rumkit/react-rum/protocol';
import { alertPlans } from '../alerts/alertPlan.js';
import { deliverNotices } from '../alerts/deliverNotices.js';
import type { AlertsResponse, NoticeLine, SavedResponse } from '../api.js';
import { InvalidParameter } from '../question.js';
import { json } from '../respond.js';
import { alertChange } from './alertSchemas.js';
import { type ChangeRoute, readBodyAs } from './change.js';
import type { DataRoute } from './dataRoute.js';
import { table } from './table.js';

const MAX_NOTICES = 200;

/** Who is told, and what they were told of late. */
export const alerts: DataRoute = async ({ parameters, store, config }) => {
  const notices = await store.notices(config.app, MAX_NOTICES + 1);
  const body: AlertsResponse = {
    notifiers: config.alerts?.notifiers.map(({ name }) => name) ?? [],
    rules: alertPlans(config)[config.app]?.rules ?? [],
    notices: notices.slice(0, MAX_NOTICES).map(({ app: _, body: __, ...line }): NoticeLine => line),
    truncated: notices.length > MAX_NOTICES,
  };
  return table(parameters, 'alerts', body, body.notices);
};

/** Tells somebody that nothing is the matter, to see whether it arrives. What became of it is in the list then. */
export const changeAlerts: ChangeRoute = async ({ store, config, now, clock, log, body }) => {
  const { notifier } = readBodyAs(alertChange, body);
  const { alerts: configured, app, timeZone } = config;
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
  await deliverNotices({ store, alerts: configured, timeZone, now: clock, log, only: id });
  return json(200, { id, revision: 1 } satisfies SavedResponse);
};
