import { expect, test } from 'vitest';
import { DEFAULT_QUESTION } from '../server/question.js';
import { addValue, removeValue, turnFilter, withRoute } from './filters.js';

const DE = { dimension: 'country', keep: true, values: ['DE'] } as const;

test('values of one dimension are one filter, each once', () => {
  const filters = addValue(addValue([DE], 'country', true, 'AT'), 'country', true, 'AT');
  expect(filters).toEqual([{ ...DE, values: ['DE', 'AT'] }]);
});

test('a value cannot be kept and left out at once', () => {
  expect(addValue([DE], 'country', false, 'DE')).toEqual([{ ...DE, keep: false }]);
});

test('a filter goes with its last value', () => {
  expect(removeValue([DE], 'country', true, 'DE')).toEqual([]);
  expect(removeValue([DE], 'country', false, 'DE')).toEqual([DE]);
});

test('a turned filter joins the one that is there', () => {
  const not = { dimension: 'country', keep: false, values: ['FR'] } as const;
  expect(turnFilter([DE, not], DE)).toEqual([{ ...not, values: ['FR', 'DE'] }]);
});

test('a question about one route forgets which routes were asked about before', () => {
  const filters = [{ dimension: 'route', keep: false, values: ['/a'] } as const, DE];
  expect(withRoute({ ...DEFAULT_QUESTION, filters }, '/b').filters).toEqual([
    DE,
    { dimension: 'route', keep: true, values: ['/b'] },
  ]);
});
