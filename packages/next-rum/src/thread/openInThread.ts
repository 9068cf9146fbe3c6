import { createHeldBytes } from '../server/heldBytes.js';
import { STALLED_AFTER } from '../server/ingest.js';
import type { Intake, IntakeConfig } from '../server/intake.js';
import { reasonOf } from '../server/log.js';
import { storeFailure } from '../server/storeFailure.js';
import type { JobOptions } from '../store/jobStore.js';
import type { RumStore } from '../store/store.js';
import { findThread } from './findThread.js';
import { type RumThread, type Stillborn, startThread } from './startThread.js';
import type { AsOf, OpenOptions } from './threadCalls.js';

/** A store in a thread of its own, and what makes rows of batches there. */
export interface Opened {
  readonly store: RumStore;
  readonly intakeOf: (config: IntakeConfig) => Intake;
}

/** Why there is no thread, though it was asked for. */
export interface NoThread {
  readonly store: null;
  readonly reason: 'not_found' | Stillborn['reason'];
  readonly detail: string;
}

/**
 * Opens a store like `openStore`, in a thread of its own, in which batches are read too: neither the database's native code nor
 * the checking, counting and merging holds up the event loop that serves the app. A thread that ended is started again by
 * the next call.
 *
 * @param given The thread's code, found where it is not given; null where there is none.
 * @throws {StoreError} As `openStore`.
 */
export async function openInThread(
  url: string,
  given?: string | null,
  options: OpenOptions = {},
): Promise<Opened | NoThread> {
  const file = given === undefined ? await findThread() : given;
  if (file === null) return { store: null, reason: 'not_found', detail: NOT_FOUND };
  const spare = spareThreads();
  let thread = spare.get(url) ?? startThread(file, url, options);
  spare.delete(url);
  let closing: Promise<void> | null = null;
  try {
    await thread.call('open');
  } catch (error) {
    const stillborn = thread.stillborn();
    if (stillborn !== null) return { store: null, ...stillborn };
    if (!thread.hasEnded()) spare.set(url, thread);
    throw error;
  }

  const call: RumThread['call'] = (name, ...parameters) => {
    // One that was closed stays so, and says it.
    if (thread.hasEnded() && closing === null) thread = startThread(file, url, options);
    return thread.call(name, ...parameters);
  };
  const store: RumStore = {
    insert: (rows) => call('insert', rows),
    totals: (range) => call('totals', range),
    oneIn: (range, read) => call('oneIn', range, read),
    drawn: (range) => call('drawn', range),
    vitals: (range) => call('vitals', range),
    traffic: (range, bucketMs) => call('traffic', range, bucketMs),
    overview: (range, bucketMs) => call('overview', range, bucketMs),
    vital: (range, metric, bucketMs) => call('vital', range, metric, bucketMs),
    breakdown: (range, dimension, limit) => call('breakdown', range, dimension, limit),
    values: (range, dimension, search, limit) => call('values', range, dimension, search, limit),
    latestValues: (range, of, search, limit) => call('latestValues', range, of, search, limit),
    causes: (range, metric, limit) => call('causes', range, metric, limit),
    visitors: (range, pseudonyms) => call('visitors', range, pseudonyms),
    errorGroups: (range, stepMs, limit) => call('errorGroups', range, stepMs, limit),
    errorCounts: (range, limit, only) => call('errorCounts', range, limit, only),
    errorGroup: (range, fingerprint, stepMs) => call('errorGroup', range, fingerprint, stepMs),
    releaseStarts: (range, bucketMs, limit) => call('releaseStarts', range, bucketMs, limit),
    saved: (app, kind) => call('saved', app, kind),
    savedOne: (app, kind, id) => call('savedOne', app, kind, id),
    save: (document, change) => call('save', document, change),
    removeSaved: (document, change) => call('removeSaved', document, change),
    changes: (app, limit) => call('changes', app, limit),
    presence: (range) => call('presence', range),
    sessions: (range, needs, limit) => call('sessions', range, needs, limit),
    session: (app, viewId) => call('session', app, viewId),
    journey: (range, question) => call('journey', range, question),
    funnel: (range, question, segment) => call('funnel', range, question, segment),
    goals: (range, wanted) => call('goals', range, wanted),
    impact: (range, goal, metric) => call('impact', range, goal, metric),
    retention: (range) => call('retention', range),
    views: (range, limit) => call('views', range, limit),
    latestEvents: (range, types, limit) => call('latestEvents', range, types, limit),
    requests: (range, filter) => call('requests', range, filter),
    request: (range, key) => call('request', range, key),
    actions: (range) => call('actions', range),
    timings: (range, kind) => call('timings', range, kind),
    comparisons: (range) => call('comparisons', range),
    trends: (range) => call('trends', range),
    keepFindings: (options) => call('keepFindings', asOf(options)),
    findings: (app) => call('findings', app),
    events: (range, limit) => call('events', range, limit),
    rollUp: (options) => call('rollUp', asOf(options)),
    retain: (options) => call('retain', asOf(options)),
    watch: (options) => call('watch', asOf(options)),
    incidents: (question, limit) => call('incidents', question, limit),
    incident: (app, id) => call('incident', app, id),
    queueNotice: (notice) => call('queueNotice', notice),
    takeNotices: (now, options) => call('takeNotices', now, options),
    finishNotice: (notice, outcome) => call('finishNotice', notice, outcome),
    hurryNotices: (app, incident, now) => call('hurryNotices', app, incident, now),
    notices: (app, limit) => call('notices', app, limit),
    saveIncidents: (list) => call('saveIncidents', list),
    watchProgress: (app) => call('watchProgress', app),
    jobs: (now) => call('jobs', now),
    erase: (selector) => call('erase', selector),
    dailySalt: (day, now) => call('dailySalt', day, now),
    putAside: (letters) => call('putAside', letters),
    deadLetters: (app, limit) => call('deadLetters', app, limit),
    countDeadLetters: () => call('countDeadLetters'),
    deadLetterReasons: (limit) => call('deadLetterReasons', limit),
    addCounts: (counts, now, delivery) => call('addCounts', counts, now, delivery),
    counts: (from, to) => call('counts', from, to),
    sumCounts: (from, to) => call('sumCounts', from, to),
    admitLabels: (list, labels, limit) => call('admitLabels', list, labels, limit),
    addPoints: (key, points, change) => call('addPoints', key, points, change),
    points: (key, now) => call('points', key, now),
    endWindows: (which) => call('endWindows', which),
    ping: () => call('ping'),
    close: () => {
      closing ??= thread.close();
      return closing;
    },
  };
  const handOver = createHandOver();
  return { store, intakeOf: (config) => intakeInThread(call, config, handOver) };
}

const NOT_FOUND =
  'the code of the thread is not where the app runs — wrap next.config with withRum(), or take node_modules along';

/** What a thread was handed and has not answered yet. */
interface HandOver {
  /** True when the thread is not to be handed more. */
  full(): boolean;
  /** @returns To be called with the answer; null where it is not to be handed over. */
  hold(bytes: number): (() => void) | null;
}

/** Counted on this side, so that a batch can be turned away without asking the thread, whose own count is never more. */
function createHandOver(): HandOver {
  const held = createHeldBytes();
  const handedOver = new Set<{ readonly at: number }>();
  const full = (): boolean => {
    const [oldest] = handedOver;
    return held.full() || (oldest !== undefined && performance.now() - oldest.at > STALLED_AFTER);
  };
  return {
    full,
    hold: (bytes) => {
      const release = full() ? null : held.hold(bytes);
      if (release === null) return null;
      const entry = { at: performance.now() };
      handedOver.add(entry);
      return () => {
        handedOver.delete(entry);
        release();
      };
    },
  };
}

function intakeInThread(call: RumThread['call'], config: IntakeConfig, handOver: HandOver): Intake {
  const { app, privacy, bots, labels, countryDatabase, sample } = config;
  const name = JSON.stringify({ app, privacy, bots, labels, countryDatabase, sample } satisfies IntakeConfig);
  return {
    full: handOver.full,
    take: async (letter) => {
      const release = handOver.hold(letter.text.length);
      if (release === null) return { kind: 'full' };
      try {
        return await call('takeBatch', name, letter);
      } catch (error) {
        return { kind: 'failed', code: storeFailure(error), reason: reasonOf(error) };
      } finally {
        release();
      }
    },
    idle: () => call('finishBatches'),
    state: () => call('ingestState'),
  };
}

/**
 * Threads, by URL, whose database could not be opened: starting another one for each try would cost more than the try.
 * Shared, however often this module is bundled.
 */
function spareThreads(): Map<string, RumThread> {
  const shared = globalThis as { [SPARE]?: Map<string, RumThread> };
  shared[SPARE] ??= new Map();
  return shared[SPARE];
}
const SPARE: unique symbol = Symbol.for('@rumkit/next-rum/spare-threads');

function asOf<Options extends JobOptions>({ now, ...options }: Options): AsOf<Options> {
  return { ...options, now: now() };
}
