// @vitest-environment jsdom
import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import { WorldMap } from './WorldMap.js';

test('a country is the darker the more of the views are its own, by threes', () => {
  const views = new Map([
    ['DE', 900],
    ['FR', 290],
    ['PT', 1],
  ]);
  const { container } = render(<WorldMap views={views} />);
  const levels = [...container.querySelectorAll('path')]
    .filter((path) => path.querySelector('title') !== null)
    .map((path) => [path.textContent, path.dataset.level]);
  expect(levels).toEqual([
    ['Germany: 900 views', '5'],
    ['France: 290 views', '4'],
    ['Portugal: 1 view', '1'],
  ]);
  expect(container.querySelectorAll('path:not([data-level="0"])')).toHaveLength(3);
});
