import type { Where } from '../../../analysis/detectors/segment.js';
import type { ComparedChange, ComparedFinding } from '../../../server/api.js';
import type { Question } from '../../../server/question.js';
import type { UrlState } from '../../address/urlState.js';
import { DIMENSIONS } from '../../dimensions.js';

const DAY = 86_400_000;

type Named = Pick<ComparedChange, 'kind' | 'name' | 'variant' | 'against'>;

/** What the views without a change, and those with it, are called. */
export function sideNames(
  { kind, name, variant, against }: Named,
  basis: ComparedFinding['basis'],
): readonly [before: string, after: string] {
  if (kind === 'flag') return [against ?? 'without', variant ?? 'with'];
  return [basis === 'same time' ? (against ?? 'older releases') : 'the days before', name];
}

/** What is asked on the page of a metric: the time since the change and the day before, and the views of a place. */
export function changeForFinding(
  { since, until }: ComparedChange,
  { route }: Pick<ComparedFinding, 'route'>,
  place: Where,
  question: Question,
): Partial<UrlState> {
  const where: Where = route === null ? place : { ...place, route };
  const filters = DIMENSIONS.flatMap(({ name }) => {
    const value = where[name];
    return value === undefined ? [] : [{ dimension: name, keep: true, values: [value] }];
  });
  const range = { from: since - DAY, to: Math.max(until, since + DAY / 24) };
  return { question: { ...question, range, compare: 'none', filters } };
}
