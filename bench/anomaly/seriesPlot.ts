import { createAnomalyDetector } from '@rumkit/next-rum/analysis';
import type { GeneratedSeries } from './generatedSeries.js';

const WIDTH = 760;
const HEIGHT = 190;
const LEFT = 58;
const TOP = 24;
const BOTTOM = 22;
const RIGHT = 8;
/** Points shown, at the end. */
const SHOWN = 240;
const DAY = 86_400_000;

/** An SVG of the end of a series: its values, the band that the detector expected, its alarms, and where the fault began. */
export function plotSeries({ points, faultFrom }: GeneratedSeries, title: string, unit: string): string {
  const detector = createAnomalyDetector({ timeZone: 'Europe/Berlin' });
  const from = points.length - SHOWN;
  const rows = points
    .map((point) => ({ ...point, ...detector.push(point) }))
    .slice(from)
    .map((row, index) => ({ ...row, x: LEFT + (index / (SHOWN - 1)) * (WIDTH - LEFT - RIGHT) }));
  const top = 1.05 * Math.max(...rows.flatMap(({ value, expected }) => [value, expected?.[1] ?? value]));
  const y = (value: number): number => HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM);
  const path = (along: readonly (readonly [number, number])[]): string =>
    `M${along.map(([x, value]) => `${x.toFixed(1)} ${y(value).toFixed(1)}`).join('L')}`;
  const banded = rows.flatMap(({ x, expected }) => (expected ? [{ x, expected }] : []));
  const band = path([
    ...banded.map(({ x, expected }) => [x, expected[1]] as const),
    ...banded.reverse().map(({ x, expected }) => [x, Math.max(0, expected[0])] as const),
  ]);
  const fault = faultFrom === null ? undefined : rows[faultFrom - from];
  const days = rows.filter(({ t }) => t % DAY === 0);
  const text = 'font-family="system-ui,sans-serif" font-size="11" fill="#59636e"';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
<text x="${LEFT}" y="15" ${text}>${title}</text>
${[0, top / 2, top].map((value) => `<text x="${LEFT - 6}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end" ${text}>${label(value, unit)}</text>`).join('\n')}
${days.map(({ t, x }) => `<text x="${x.toFixed(1)}" y="${HEIGHT - 6}" ${text}>${new Date(t).toISOString().slice(5, 10)}</text>`).join('\n')}
<path d="${band}Z" fill="#c5d8f5"/>
${fault ? `<path d="M${fault.x.toFixed(1)} ${TOP}V${HEIGHT - BOTTOM}" stroke="#9a6700" stroke-dasharray="4 3"/>` : ''}
<path d="${path(rows.map(({ x, value }) => [x, value]))}" fill="none" stroke="#0b57d0" stroke-width="1.2"/>
${rows
  .filter(({ isAnomaly }) => isAnomaly)
  .map(
    ({ x, value }) =>
      `<circle cx="${x.toFixed(1)}" cy="${y(value).toFixed(1)}" r="4" fill="none" stroke="#cf222e" stroke-width="2"/>`,
  )
  .join('\n')}
</svg>
`;
}

function label(value: number, unit: string): string {
  if (unit === '%') return `${(100 * value).toFixed(1)} %`;
  return `${Number(value.toPrecision(2))}${unit ? ` ${unit}` : ''}`;
}
