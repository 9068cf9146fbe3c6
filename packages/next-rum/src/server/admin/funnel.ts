import { COLUMN_DIMENSIONS } from '../../store/filters.js';
import type { StepVital } from '../../store/pathStore.js';
import { VITAL_NAMES } from '../../store/rows.js';
import { type FunnelResponse, type FunnelStepRow, type FunnelVital, MAX_STEPS, MAX_WINDOW } from '../api.js';
import { readChoice } from '../question.js';
import { type DataRoute, resolve } from './dataRoute.js';
import { differenceOf, readSteps, readWhole, shareOf } from './pathParameters.js';
import { table } from './table.js';

const MINUTE = 60_000;

/** How far visitors came of some steps. */
export const funnel: DataRoute = async (asked) => {
  const { parameters, store, now } = asked;
  const { range, views } = resolve(asked);
  const steps = readSteps(parameters, 'step', 2, MAX_STEPS);
  const minutes = readWhole(parameters, 'window', [1, MAX_WINDOW], null);
  const dimension = readChoice(parameters, 'dimension', COLUMN_DIMENSIONS, 'device');
  const window = minutes === null ? null : minutes * MINUTE;
  const found = await store.funnel(views, { steps, window, now }, dimension);
  const [first] = found.steps;
  const rows = found.steps.map(({ vitals, ...step }, place): FunnelStepRow => {
    const { kind, name } = steps[place] ?? { kind: 'view', name: '' };
    const previous = found.steps[place - 1];
    return {
      kind,
      name,
      ...step,
      fromPrevious: previous === undefined ? null : shareOf({ part: step.reached, whole: previous.reached }),
      fromFirst: shareOf({ part: step.reached, whole: first?.reached ?? 0 }),
      vitals: Object.fromEntries(
        VITAL_NAMES.map((vital) => [vital, vitalOf(vitals[vital])]),
      ) as FunnelStepRow['vitals'],
    };
  });
  const body: FunnelResponse = {
    range,
    sessions: found.sessions,
    open: found.open,
    steps: rows,
    dimension,
    segments: found.segments.map(({ value, reached }) => ({
      value,
      reached,
      conversion: shareOf({ part: reached.at(-1) ?? 0, whole: reached[0] ?? 0 }),
    })),
    seen: found.seen,
  };
  return table(parameters, 'funnel', body, rows);
};

function vitalOf(vital: StepVital | null): FunnelVital | null {
  if (vital === null) return null;
  const { p75, interval, n, slow, fast } = vital;
  return { p75, interval, n, slow: shareOf(slow), fast: shareOf(fast), difference: differenceOf(slow, fast) };
}
