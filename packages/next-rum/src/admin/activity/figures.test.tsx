// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { NO_VALUE } from '../format.js';
import { Wait } from './figures.js';

afterEach(cleanup);

test('a wait and its download say to whoever points at them how sure they are', () => {
  render(<Wait wait={{ median: 120, interval: [100, 140] }} download={{ median: 4, interval: null }} />);
  expect(screen.getByText('120 ms').title).toBe('95 % confidence interval 100–140 ms');
  expect(screen.getByText('then 4 ms').title).toBe('Too few for a 95 % confidence interval');
});

test('of a wait that no browser told there is nothing to be sure of', () => {
  const { container } = render(<Wait wait={null} download={null} />);
  expect(container.textContent).toBe(NO_VALUE + NO_VALUE);
  expect(container.querySelector('[title]')).toBeNull();
});
