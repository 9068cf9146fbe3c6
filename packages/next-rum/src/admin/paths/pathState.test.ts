import fc from 'fast-check';
import { expect, test } from 'vitest';
import { STEP_KINDS } from '../../server/api.js';
import { choicesIn } from '../address/choicesIn.js';
import { DEFAULT_PATH_STATE, type PathState, readPathState, writePathState } from './pathState.js';

const someSteps = fc.array(
  fc.record({
    kind: fc.constantFrom(...STEP_KINDS),
    name: fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
  }),
  { maxLength: 4 },
);

test('what is written is read again, whatever steps are called', () => {
  fc.assert(
    fc.property(someSteps, someSteps, fc.option(fc.string({ minLength: 1 })), (steps, goals, anchor) => {
      const state: PathState = {
        ...DEFAULT_PATH_STATE,
        steps,
        goals,
        anchor,
        depth: 5,
        share: '0',
        window: '60',
        impactGoal: 2,
        impactMetric: 'cls',
      };
      const written = new URLSearchParams(writePathState(state));
      const parameters = new URLSearchParams(written.toString());
      const choices = choicesIn(parameters);
      expect(readPathState(parameters, choices)).toEqual(state);
      expect(choices.problems).toEqual([]);
    }),
  );
});

test('what nobody can have written is left out', () => {
  const search =
    'with=shoes,slow&views=4&direction=up&depth=9&share=3&window=7&steps=view:/|shoe:x||view:|custom:a&goals=x&of=4&impact=fid';
  const parameters = new URLSearchParams(search);
  const choices = choicesIn(parameters);
  expect(readPathState(parameters, choices)).toEqual({
    ...DEFAULT_PATH_STATE,
    troubles: ['slow'],
    steps: [
      { kind: 'view', name: '/' },
      { kind: 'custom', name: 'a' },
    ],
  });
  expect(choices.problems).toContain('with must be of errors, frustrations, slow');
  expect(choices.problems).toContain('window must be one of 5, 15, 30, 60, 240, 1440');
});
