import { setTimeout as sleep } from 'node:timers/promises';
import type { RumStore } from '../store/store.js';
import { createAdminApi } from './adminApi.js';
import { alertPlans } from './alerts/alertPlan.js';
import { ADMIN_PATHS, type JobHealth, type ThreadHealth } from './api.js';
import { createCollector } from './collect.js';
import type { RumConfig } from './config.js';
import { createCountSaving } from './countSaving.js';
import { withDeadline } from './deadline.js';
import { createDrain, type Signals } from './drain.js';
import { createHealth } from './health.js';
import { createIntake, type Intake, type IntakeConfig } from './intake.js';
import { createLog, type Log, reasonOf } from './log.js';
import { createMaintain } from './maintain.js';
import { createMeter } from './meter.js';
import { createPreflight } from './preflight.js';
import { apiError } from './respond.js';
import { toRetention } from './retention.js';
import type { Rum, WaitUntil } from './rum.js';
import { createSharedApi } from './sharedApi.js';
import { createSignIn, createSignOut } from './signInApi.js';
import { storeFailure } from './storeFailure.js';
import { timeZonesOf } from './timeZones.js';

export interface RumServerParts {
  readonly config: RumConfig;
  /** Gives the open store, or opens it. A rejection is answered with 503 and tried again at the next request. */
  readonly store: () => Promise<RumStore>;
  /** Gives what makes rows of batches, the same for the same configuration. Default: it does so in this thread. */
  readonly intakeOf?: (config: IntakeConfig) => Promise<Intake>;
  /** Where the store works, for the health route. Default: nothing is known of it. */
  readonly thread?: () => Promise<ThreadHealth | null>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Marks every row as sample data. Nothing in a request can. Default false. */
  readonly sample?: boolean;
  /** Takes one line, without its end, for the operator. Default the error console. */
  readonly log?: (line: string) => void;
  /** How the jobs beside the requests are doing, for the health route. Default those of the store. */
  readonly jobs?: (database: RumStore) => Promise<readonly JobHealth[]>;
  /** Whose SIGTERM and SIGINT end the taking on of batches, from the first batch on. Default none. */
  readonly signals?: Signals;
  /** Nothing runs on after an answer, so that everything is done before it. Default false. */
  readonly serverless?: boolean;
}

export interface RumServer {
  /** @see {@link Rum.handle} */
  readonly handle: Rum['handle'];
  /** Every path below the endpoint that is answered, and the methods that it takes. */
  readonly routes: ReadonlyMap<string, readonly string[]>;
  /** Resolves when everything taken on is committed, and the counts of it stored. The store stays open: it belongs to whoever opened it. */
  close(): Promise<void>;
}

/** ms that the end of a process waits for bodies which are still coming in; what comes later is refused. */
const BODY_PATIENCE = 4000;
/** ms that whoever waits for counts to be stored waits for a database that hangs. */
const SAVE_DEADLINE = 5000;

type Handler = (request: Request, waitUntil?: WaitUntil) => Promise<Response>;
type Route = { readonly [method in 'GET' | 'POST' | 'OPTIONS']?: Handler };

/** Wires the collector and the admin API: `Request → Response`, no framework. */
export function createRumServer(parts: RumServerParts): RumServer {
  const { config, store, now, sample = false, signals, serverless = false } = parts;
  const { jobs = (database) => jobHealth(database, now()), thread = async () => null } = parts;
  const log = createLog(parts.log ?? console.error, now);
  const environment = () => process.env.NODE_ENV;
  const meter = createMeter(now);
  const intakeConfig: IntakeConfig = { ...config, sample };
  const intakeOf = parts.intakeOf ?? intakeBeside(store, log);
  const intake = () => intakeOf(intakeConfig);
  const collecting = new Set<Promise<Response>>();
  const save = async (all: boolean) => meter.save(await store(), all);
  const saveCounts = async (all: boolean): Promise<boolean> => {
    try {
      await withDeadline(save(all), SAVE_DEADLINE);
      return true;
    } catch (error) {
      log('counts_not_saved', { code: storeFailure(error), reason: reasonOf(error) });
      return false;
    }
  };
  const saving = createCountSaving(() => saveCounts(true));
  const close = async () => {
    saving.hurry();
    await Promise.race([Promise.allSettled(collecting), sleep(BODY_PATIENCE, undefined, { ref: false })]);
    await (await intake()).idle();
    await save(true);
  };
  const drain = createDrain(signals, close, log);
  const { draining } = drain;
  const collect = createCollector({ config, store, intake, now, log, sample, meter, draining });
  let awaited: Promise<void> | null = null;
  const post: Handler = async (request, waitUntil) => {
    drain.watch();
    const answering = collect(request);
    collecting.add(answering);
    let response: Response;
    try {
      response = await answering;
    } finally {
      collecting.delete(answering);
    }
    if (serverless) {
      if (meter.due()) await saveCounts(false);
      return response;
    }
    const saved = saving.changed();
    // One request of those whose counts are stored in one go is enough.
    if (saved !== awaited) waitUntil?.(saved);
    awaited = saved;
    return response;
  };
  const maintain = createMaintain({
    store,
    options: {
      now,
      retention: toRetention(config.retention),
      timeZones: timeZonesOf(config),
      alerts: alertPlans(config),
    },
    config,
    log,
    secret: () => process.env.CRON_SECRET,
  });
  const routes = new Map<string, Route>([
    ['/maintain', { GET: maintain, POST: maintain }],
    ['/batch', { POST: post, OPTIONS: createPreflight(config, log) }],
    [
      ADMIN_PATHS.health,
      { GET: createHealth({ config, store, intake, thread, now, log, meter, draining, jobs, environment }) },
    ],
    [ADMIN_PATHS.signIn, { POST: createSignIn(config) }],
    [ADMIN_PATHS.signOut, { POST: createSignOut(config) }],
  ]);
  const adminParts = { config, store, now, log, environment, serverless, draining };
  const { reads, changes } = createAdminApi(adminParts);
  for (const [path, handler] of [...reads, ...createSharedApi(adminParts)])
    routes.set(path, { GET: handler });
  for (const [path, handler] of changes) routes.set(path, { ...routes.get(path), POST: handler });

  return {
    handle: async (request, waitUntil) => {
      try {
        const route = routes.get(pathBelow(config.endpoint, request.url));
        if (route === undefined) {
          return apiError(404, { error: 'not_found', message: 'there is nothing at this path' });
        }
        const handler = handlerOf(route, request.method);
        if (handler !== undefined) return await handler(request, waitUntil);
        const allow = Object.keys(route).join(', ');
        return apiError(405, { error: 'method_not_allowed', message: `use ${allow}` }, { allow });
      } catch (error) {
        log('request_failed', { reason: reasonOf(error) });
        return apiError(500, { error: 'internal', message: 'the request failed; the server log says why' });
      }
    },
    routes: new Map([...routes].map(([path, route]) => [path, Object.keys(route)])),
    close,
  };
}

/** One for each store that is opened, since it remembers what the store said. */
function intakeBeside(store: () => Promise<RumStore>, log: Log): (config: IntakeConfig) => Promise<Intake> {
  let made: { readonly store: RumStore; readonly intake: Intake } | null = null;
  return async (config) => {
    const opened = await store();
    if (made?.store !== opened) made = { store: opened, intake: createIntake(opened, config, log) };
    return made.intake;
  };
}

async function jobHealth(database: RumStore, now: number): Promise<readonly JobHealth[]> {
  const states = await database.jobs(now);
  return states.map(({ name, state, lastRunAt, error, note }) => ({ name, state, lastRunAt, error, note }));
}

function handlerOf(route: Route, method: string): Handler | undefined {
  switch (method) {
    case 'GET':
    case 'HEAD':
      return route.GET;
    case 'POST':
      return route.POST;
    case 'OPTIONS':
      return route.OPTIONS;
    default:
      return undefined;
  }
}

/** Path after the endpoint. A base path of the host app may come before it, and a slash at the end means nothing. */
function pathBelow(endpoint: string, url: string): string {
  const { pathname } = new URL(url);
  const start = pathname.indexOf(`${endpoint}/`);
  return start === -1 ? '' : pathname.slice(start + endpoint.length).replace(/\/$/, '');
}
