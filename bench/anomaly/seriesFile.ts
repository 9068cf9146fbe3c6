import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

/** A series from a CSV file of `timestamp,value[,label]`. */
export interface Series {
  /** Path below the folder that was read, with `/`. */
  readonly name: string;
  /** As they stand in the file. */
  readonly stamps: readonly string[];
  /** Epoch ms. */
  readonly times: Float64Array;
  readonly values: Float64Array;
  /** Null where the file has none. */
  readonly labels: readonly boolean[] | null;
}

export interface ScoredSeries {
  readonly scores: Float64Array;
  readonly flags: readonly boolean[];
}

/** Every CSV file below a folder, by name. */
export async function readSeriesTree(folder: string): Promise<Series[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.csv'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
  return Promise.all(files.map(async (name) => parse(name, await readFile(join(folder, name), 'utf8'))));
}

/** Writes what `readSeriesTree` read as the same tree, with scores. */
export async function writeScores(folder: string, series: Series, scored: ScoredSeries): Promise<void> {
  const file = join(folder, series.name);
  await mkdir(dirname(file), { recursive: true });
  const rows = series.stamps.map(
    (stamp, index) =>
      `${stamp},${series.values[index]},${scored.scores[index]},${scored.flags[index] ? 1 : 0}`,
  );
  await writeFile(file, `${['timestamp,value,anomaly_score,is_anomaly', ...rows].join('\n')}\n`);
}

/** A row without a value is no point of the series. */
function parse(name: string, text: string): Series {
  const rows = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(',').map((cell) => cell.trim().replaceAll('"', '')))
    .filter((cells) => cells.length >= 2 && cells[1] !== '');
  const hasLabels = rows.length > 0 && rows.every((cells) => cells.length >= 3);
  return {
    name,
    stamps: rows.map(([stamp = '']) => stamp),
    times: Float64Array.from(rows, ([stamp = '']) => timeOf(name, stamp)),
    values: Float64Array.from(rows, ([, value]) => Number(value)),
    labels: hasLabels ? rows.map(([, , label]) => Number(label) > 0) : null,
  };
}

/** @throws Where it is neither a time of the form 2026-11-26 10:00:00, taken for UTC, nor an epoch in s or ms. */
function timeOf(name: string, stamp: string): number {
  if (/^\d+$/.test(stamp)) return stamp.length > 11 ? Number(stamp) : Number(stamp) * 1000;
  const time = Date.parse(`${stamp.replace('Z', '').replace(' ', 'T').slice(0, 19)}Z`);
  if (Number.isNaN(time)) throw new RangeError(`${name}: ${stamp} is no timestamp`);
  return time;
}
