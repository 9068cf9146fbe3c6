// Prints how well the anomaly detector finds what people labelled in public series, and what it costs. With `--in` and
// `--out` it only scores the CSV files of a folder.
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ANOMALY_THRESHOLD } from '@rumkit/next-rum/analysis';
import { measurePass, scoreSeries } from './anomaly/detectorCost.js';
import { scoreEvents, underEventRules } from './anomaly/eventRules.js';
import { generateSeries } from './anomaly/generatedSeries.js';
import { leaveGroupsOut, splitHalves } from './anomaly/heldOut.js';
import { judgeGenerated } from './anomaly/judgeGenerated.js';
import { bestNabScore, NAB_PROFILES, underNabRules } from './anomaly/nabRules.js';
import type { SiteJudgement } from './anomaly/rum/judgeSite.js';
import { figuresOf, judgeSites, mistakesOf, tableOf } from './anomaly/rum/judgeSites.js';
import { planSite } from './anomaly/rum/sitePlan.js';
import { plotSite } from './anomaly/rum/sitePlot.js';
import { readSeriesTree, type ScoredSeries, type Series, writeScores } from './anomaly/seriesFile.js';
import { plotSeries } from './anomaly/seriesPlot.js';

const { values } = parseArgs({
  options: {
    /** Folder of CSV files, `timestamp,value[,label]`. */
    in: { type: 'string' },
    /** Where to write the same tree as `timestamp,value,anomaly_score,is_anomaly`. */
    out: { type: 'string' },
    /** Folder that holds `nab/` and `mscloud/`. */
    data: {
      type: 'string',
      default: fileURLToPath(new URL('../../shared/data', import.meta.url)),
    },
    /** Where to draw made-up series, for docs/images. */
    plots: { type: 'string' },
    /** Of made-up sites: the first seed, and how many. */
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    /** `rum` or `public`: only these. */
    only: { type: 'string' },
  },
});
const SERIES_IN_A_PASS = 1000;
const GENERATED_SERIES = 40;
/** For many series at once; see docs/analysis.md. */
const STRICT_THRESHOLD = 7;

if (values.plots) await drawPlots(resolve(values.plots));
else if (values.in) await scoreFolder(resolve(values.in), values.out && resolve(values.out));
else if (values.only === 'rum') print({ nab: null, events: null, usPerPoint: null, rum: judgeRum() });
else if (existsSync(join(values.data, 'nab')) && existsSync(join(values.data, 'mscloud')))
  await scorePublicSeries(resolve(values.data), values.out && resolve(values.out));
else {
  console.error(`No public series in ${values.data}. Get them with
  git clone https://github.com/numenta/NAB && git clone https://github.com/microsoft/cloud-monitoring-dataset
put NAB's data/ and labels/ into DIR/nab, the other's data/ into DIR/mscloud, and name DIR with --data;
or score your own: --in DIR --out DIR`);
  process.exitCode = 1;
  print({ nab: null, events: null, usPerPoint: null, rum: judgeRum() });
}

async function scoreFolder(from: string, to: string | undefined): Promise<void> {
  const series = await readSeriesTree(from);
  if (series.length === 0) throw new RangeError(`There is no CSV file in ${from}`);
  const { scored, usPerPoint } = scoreAll(series);
  await writeAll(to, series, scored);
  const anomalies = scored.reduce((sum, { flags }) => sum + flags.filter(Boolean).length, 0);
  print({ files: series.length, points: countPoints(series), anomalies, usPerPoint });
}

async function scorePublicSeries(data: string, to: string | undefined): Promise<void> {
  const windows = JSON.parse(await readFile(join(data, 'nab/labels/combined_windows.json'), 'utf8')) as {
    readonly [file: string]: readonly (readonly [string, string])[];
  };
  const nabSeries = (await readSeriesTree(join(data, 'nab/data'))).filter(({ name }) => windows[name]);
  const eventSeries = await readSeriesTree(join(data, 'mscloud/data'));
  const nabScored = scoreAll(nabSeries);
  const eventScored = scoreAll(eventSeries);
  await writeAll(to && join(to, 'nab'), nabSeries, nabScored.scored);
  await writeAll(to && join(to, 'mscloud'), eventSeries, eventScored.scored);

  const nab = nabSeries.map((series) => underNabRules(series, windows[series.name] ?? []));
  const nabScores = nabScored.scored.map(({ scores }) => scores);
  const best = {
    standard: bestNabScore(nab, nabScores, NAB_PROFILES.standard),
    lowFP: bestNabScore(nab, nabScores, NAB_PROFILES.lowFP),
    lowFN: bestNabScore(nab, nabScores, NAB_PROFILES.lowFN),
  };
  const heldOut = leaveGroupsOut(nab, nabScores);
  const halves = splitHalves(nab, nabScores, 20);
  const windowCount = nab.reduce((sum, each) => sum + each.windows, 0);
  console.log(`\nNAB: ${nab.length} series, ${windowCount} windows, one threshold for all`);
  console.table(best);
  console.log('Each group with the threshold of the others');
  console.table(heldOut.groups);
  console.log(
    `All groups so: ${heldOut.score.toFixed(1)}; half with the threshold of half: ${halves.toFixed(1)}`,
  );

  const events = eventSeries.map(underEventRules);
  const decided = scoreEvents(events, (index, row) => eventScored.scored[index]?.flags[row] ?? false);
  console.log(`\nCloud monitoring: ${events.length} series, what the detector itself calls an anomaly`);
  console.table([decided]);

  console.log(
    `\nMade-up hours of a shop, ${GENERATED_SERIES} series of a kind with a fault and as many without`,
  );
  console.table([
    ...judgeGenerated(GENERATED_SERIES, ANOMALY_THRESHOLD),
    ...judgeGenerated(GENERATED_SERIES, STRICT_THRESHOLD),
  ]);

  const pass = measurePass(SERIES_IN_A_PASS);
  const points = countPoints(nabSeries) + countPoints(eventSeries);
  const usPerPoint =
    (nabScored.usPerPoint * countPoints(nabSeries) + eventScored.usPerPoint * countPoints(eventSeries)) /
    points;
  console.log(`\n${usPerPoint.toFixed(2)} µs of CPU a point; ${SERIES_IN_A_PASS} hourly series with their state from and to text:
${pass.seconds.toFixed(2)} s of CPU, ${pass.stateKB.toFixed(1)} KB each`);
  print({
    nab: {
      standard: best.standard.score,
      lowFP: best.lowFP.score,
      lowFN: best.lowFN.score,
      threshold: best.standard.threshold,
      heldOut: heldOut.score,
    },
    events: { f1: decided.f1, falseAlarmsPerWeek: decided.falseAlarmsPerWeek },
    usPerPoint,
    passSeconds: pass.seconds,
    stateKB: pass.stateKB,
    rum: values.only === 'public' ? null : judgeRum(),
  });
}

function judgeRum(): object {
  const [seed, seeds] = [Number(values.seed), Number(values.seeds)];
  if (!Number.isInteger(seed) || !(seeds >= 1)) throw new RangeError('--seed and --seeds are whole numbers');
  console.log(`\nMade-up sites, seeds from ${seed} on, ${seeds} of each kind and size; what went wrong:`);
  const byPairs: SiteJudgement[] = [];
  const asApp: SiteJudgement[] = [];
  for (const site of judgeSites(seed, seeds)) {
    byPairs.push(site.byPairs);
    for (const line of mistakesOf(site.byPairs)) console.log(line);
    if (site.asApp === null) continue;
    asApp.push(site.asApp);
    for (const line of mistakesOf(site.asApp)) console.log(`as the app: ${line}`);
  }
  console.log('\nAs the app watches and explains: single values, single views');
  console.table(tableOf(asApp));
  console.log('With pairs of values watched, explained by what was counted of them');
  console.table(tableOf(byPairs));
  return { ...figuresOf(byPairs), asApp: figuresOf(asApp) };
}

async function drawPlots(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [kind, title, unit] of [
    ['traffic', 'Views an hour: most are lost from the dashed line on', ''],
    ['latency', 'p75 LCP: a release makes it 30 % slower', 'ms'],
    ['errors', 'Share of views with an error: from 1 % to 3 %', '%'],
    ['lowTraffic', 'Views an hour of a small site: most are lost', ''],
  ] as const)
    await writeFile(
      join(folder, `anomaly-${kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.svg`),
      plotSeries(generateSeries(kind, true, 3), title, unit),
    );
  for (const [kind, viewsAnHour, title, before, after] of [
    ['shift', 500, 'p75 of one browser in one country, which becomes slower', 4, 4],
    ['drift', 500, 'p75 that rises for days', 5, 12],
    ['deploy', 5000, 'A release that hurts one route in one browser', 3, 4],
    ['errors', 500, 'Share of views with an error, during an outage of a day', 3, 3],
    ['silence', 50, 'Views an hour, until nobody comes', 4, 3],
  ] as const)
    await writeFile(
      join(folder, `site-${kind}.svg`),
      plotSite(planSite({ kind, viewsAnHour, seed: 7, step: 3_600_000 }), title, [before, after]),
    );
  console.log(`Drawn to ${folder}`);
}

function scoreAll(series: readonly Series[]): { scored: ScoredSeries[]; usPerPoint: number } {
  const began = process.cpuUsage();
  const scored = series.map(scoreSeries);
  const { user, system } = process.cpuUsage(began);
  return { scored, usPerPoint: (user + system) / Math.max(1, countPoints(series)) };
}

async function writeAll(to: string | undefined, series: readonly Series[], scored: readonly ScoredSeries[]) {
  if (!to) return;
  for (const [index, each] of scored.entries()) {
    const own = series[index];
    if (own) await writeScores(to, own, each);
  }
  console.log(`${scored.length} files written to ${to}`);
}

function countPoints(series: readonly Series[]): number {
  return series.reduce((sum, { times }) => sum + times.length, 0);
}

function print(figures: object): void {
  // The threshold is to be used as it is.
  console.log(JSON.stringify({ bench: 'anomaly', ...figures }));
}
