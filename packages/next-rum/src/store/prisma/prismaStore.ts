import { randomUUID } from 'node:crypto';
import type { ColumnDimension, RumStore, ViewRange } from '../store.js';
import { StoreError } from '../storeError.js';
import { actions } from './actions/actions.js';
import { causes } from './causes.js';
import type { SqlClient } from './client.js';
import { comparisons } from './comparisons/comparisons.js';
import { dailySalt } from './dailySalt.js';
import { toReadError, toStoreError } from './databaseFailure.js';
import { countDeadLetters, deadLetterReasons, deadLetters, putAside } from './deadLetters.js';
import type { Dialect } from './dialect.js';
import { drawn } from './drawn.js';
import { erase } from './erase.js';
import { errorGroup } from './errors/errorDetail.js';
import { errorCounts, errorGroups } from './errors/errorGroups.js';
import { FILTERED_READS, type Reads } from './filteredReads.js';
import { rollupsFor } from './filters.js';
import { findings } from './findings/findingRows.js';
import { keepFindings } from './findings/keepFindings.js';
import { addCounts, readCounts, sumCounts } from './ingestCounts.js';
import { admitLabels } from './labels.js';
import { latestEvents } from './latest/latestEvents.js';
import { latestValues } from './latest/latestValues.js';
import { oneIn } from './oneIn.js';
import { funnel } from './paths/funnel.js';
import { goals } from './paths/goals.js';
import { impact } from './paths/impact.js';
import { journey } from './paths/journey.js';
import { retention } from './paths/retention.js';
import { sessionDetail } from './paths/sessionDetail.js';
import { sessionList } from './paths/sessionList.js';
import { presence } from './presence.js';
import { addPoints, endWindows, readPoints } from './rateWindows.js';
import { events, views } from './reads.js';
import { request, requests } from './requests/requests.js';
import { jobs } from './rollup/jobs.js';
import { createReadMemory } from './rollup/readMemory.js';
import { releaseStarts } from './rollup/releaseStarts.js';
import { retain } from './rollup/retain.js';
import { rollUp } from './rollup/rollUp.js';
import type { Source } from './rollup/rollupCells.js';
import { totals, traffic } from './rollup/rollupReads.js';
import { canTell, tellingRollups } from './rollup/tellingRollups.js';
import { visitors } from './rollup/visitorReads.js';
import { breakdown, values, vital, vitals } from './rollup/vitalReads.js';
import { changes } from './saved/changes.js';
import { removeSaved, save, saved, savedOne } from './saved/savedDocuments.js';
import { queryRows, sql } from './sql.js';
import { timings } from './timings/timings.js';
import { trends } from './trends/trends.js';
import { incident, incidents, saveIncidents } from './watch/incidentRows.js';
import { finishNotice, hurryNotices, notices, queueNotice, takeNotices } from './watch/noticeRows.js';
import { watch } from './watch/watch.js';
import { watchProgress } from './watch/watchState.js';
import { insert } from './writes.js';

/**
 * The store on top of any PrismaClient.
 *
 * @param disconnect Called once, when everything under way at `close()` has ended.
 */
export function createPrismaStore(
  client: SqlClient,
  dialect: Dialect,
  disconnect: () => Promise<void>,
): RumStore {
  const writer = randomUUID();
  const source = { client, dialect, writer, memory: createReadMemory() };
  const ofJobs = { ...source, client: client.$forJobs ?? client };
  const underWay = new Set<Promise<unknown>>();
  let closing: Promise<void> | null = null;

  async function run<T>(call: () => Promise<T>, toError = toStoreError): Promise<T> {
    // Prisma would connect again.
    if (closing) throw new StoreError('unavailable', 'RUM: the store is closed');
    const result = call();
    underWay.add(result);
    try {
      return await result;
    } catch (error) {
      throw toError(error);
    } finally {
      underWay.delete(result);
    }
  }

  const reading = <T>(call: () => Promise<T>): Promise<T> => run(call, toReadError);

  return {
    insert: (rows) => run(() => insert(client, dialect, writer, rows)),
    totals: (range) => reading(() => readsOf(range).totals(source, range)),
    oneIn: (range, read) => reading(() => oneIn(source, range, read)),
    drawn: (range) => reading(() => drawn(client, range)),
    vitals: (range) => reading(async () => (await vitalReads(source, range)).vitals(source, range)),
    traffic: (range, bucketMs) => reading(() => readsOf(range).traffic(source, range, bucketMs)),
    overview: (range, bucketMs) => reading(() => readsOf(range).overview(source, range, bucketMs)),
    vital: (range, metric, bucketMs) =>
      reading(async () => (await vitalReads(source, range)).vital(source, range, metric, bucketMs)),
    breakdown: (range, dimension, limit) =>
      reading(async () =>
        (await vitalReads(source, range, dimension)).breakdown(source, range, dimension, limit),
      ),
    values: (range, dimension, search, limit) =>
      reading(async () =>
        (await valueReads(source, range, dimension)).values(source, range, dimension, search, limit),
      ),
    latestValues: (range, of, search, limit) => reading(() => latestValues(source, range, of, search, limit)),
    causes: (range, metric, limit) => reading(() => causes(source, range, metric, limit)),
    visitors: (range, pseudonyms) => reading(() => readsOf(range).visitors(source, range, pseudonyms)),
    errorGroups: (range, stepMs, limit) => reading(() => errorGroups(source, range, stepMs, limit)),
    errorCounts: (range, limit, only) => reading(() => errorCounts(source, range, limit, only)),
    errorGroup: (range, fingerprint, stepMs) => reading(() => errorGroup(source, range, fingerprint, stepMs)),
    releaseStarts: (range, bucketMs, limit) => reading(() => releaseStarts(source, range, bucketMs, limit)),
    saved: (app, kind) => run(() => saved(client, app, kind)),
    savedOne: (app, kind, id) => run(() => savedOne(client, app, kind, id)),
    save: (document, change) => run(() => save(client, document, change)),
    removeSaved: (document, change) => run(() => removeSaved(client, document, change)),
    changes: (app, limit) => run(() => changes(client, app, limit)),
    presence: (range) => reading(() => presence(source, range)),
    sessions: (range, needs, limit) => reading(() => sessionList(source, range, needs, limit)),
    session: (app, viewId) => reading(() => sessionDetail(source, app, viewId)),
    journey: (range, question) => reading(() => journey(source, range, question)),
    funnel: (range, question, segment) => reading(() => funnel(source, range, question, segment)),
    goals: (range, wanted) => reading(() => goals(source, range, wanted)),
    impact: (range, goal, metric) => reading(() => impact(source, range, goal, metric)),
    retention: (range) => reading(() => retention(source, range)),
    views: (range, limit) => reading(() => views(source, range, limit)),
    latestEvents: (range, types, limit) => reading(() => latestEvents(source, range, types, limit)),
    requests: (range, filter) => reading(() => requests(source, range, filter)),
    request: (range, key) => reading(() => request(source, range, key)),
    actions: (range) => reading(() => actions(source, range)),
    comparisons: (range) => reading(() => comparisons(source, range)),
    trends: (range) => reading(() => trends(source, range)),
    keepFindings: (options) => run(() => keepFindings(ofJobs, options)),
    findings: (app) => reading(() => findings(client, app)),
    timings: (range, kind) => reading(() => timings(source, range, kind)),
    events: (range, limit) => reading(() => events(client, range, limit)),
    rollUp: (options) => run(() => rollUp(source, options)),
    retain: (options) => run(() => retain(ofJobs, options)),
    watch: (options) => run(() => watch(ofJobs, options)),
    incidents: (question, limit) => reading(() => incidents(client, question, limit)),
    incident: (app, id) => reading(() => incident(client, app, id)),
    queueNotice: (notice) => run(() => queueNotice(client, notice)),
    takeNotices: (now, options) => run(() => takeNotices(client, now, options)),
    finishNotice: (notice, outcome) => run(() => finishNotice(client, notice, outcome)),
    hurryNotices: (app, incident, now) => run(() => hurryNotices(client, app, incident, now)),
    notices: (app, limit) => run(() => notices(client, app, limit)),
    saveIncidents: (list) => run(() => saveIncidents(client, list)),
    watchProgress: (app) => run(() => watchProgress(client, app)),
    jobs: (now) => run(() => jobs(source, now)),
    erase: (selector) => run(() => erase(ofJobs, selector)),
    dailySalt: (day, now) => run(() => dailySalt(client, day, now)),
    putAside: (letters) => run(() => putAside(client, letters)),
    deadLetters: (app, limit) => run(() => deadLetters(client, app, limit)),
    countDeadLetters: () => run(() => countDeadLetters(client)),
    deadLetterReasons: (limit) => run(() => deadLetterReasons(client, limit)),
    addCounts: (counts, now, delivery) => run(() => addCounts(client, counts, now, delivery)),
    counts: (from, to) => run(() => readCounts(client, from, to)),
    sumCounts: (from, to) => run(() => sumCounts(client, from, to)),
    admitLabels: (list, labels, limit) => run(() => admitLabels(client, list, labels, limit)),
    addPoints: (key, points, change) => run(() => addPoints(client, key, points, change)),
    points: (key, now) => run(() => readPoints(client, key, now)),
    endWindows: (which) => run(() => endWindows(client, which)),
    ping: () =>
      run(async () => {
        await queryRows(client, sql`SELECT 1 AS answer`);
      }),
    close: () => {
      closing ??= Promise.allSettled(underWay).then(disconnect);
      return closing;
    },
  };
}

const ROLLED_UP_READS: Reads = {
  totals,
  vitals,
  overview: async (source, range, bucketMs) => {
    // Asked for at once, they share what they find out first.
    const [ofTotals, ofVitals, ofTraffic] = await Promise.all([
      totals(source, range),
      vitals(source, range),
      traffic(source, range, bucketMs),
    ]);
    return { totals: ofTotals, vitals: ofVitals, traffic: ofTraffic };
  },
  vital,
  traffic,
  breakdown,
  values,
  visitors,
};

/** Rollups count sessions and visitors of all views only. */
function readsOf(range: ViewRange): Reads {
  return rollupsFor(range) === 'all' ? ROLLED_UP_READS : FILTERED_READS;
}

/** Rollups count vitals of what has one value; what has two at once is only in the raw rows. */
async function vitalReads(
  source: Source,
  range: ViewRange,
  by: ColumnDimension | null = null,
): Promise<Reads> {
  const dimension = await tellingRollups(source, range);
  const isCounted = dimension === 'all' || (dimension !== null && (by === null || by === dimension));
  return isCounted ? ROLLED_UP_READS : FILTERED_READS;
}

/** A rare value is looked for as well as a frequent one: where rollups count some together, they do not do. */
async function valueReads(source: Source, range: ViewRange, dimension: ColumnDimension): Promise<Reads> {
  const filtered = rollupsFor(range);
  if (filtered !== 'all' && filtered !== dimension) return FILTERED_READS;
  return (await canTell(source, range, dimension)) ? ROLLED_UP_READS : FILTERED_READS;
}
