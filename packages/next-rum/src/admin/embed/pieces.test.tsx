// @vitest-environment jsdom
import { fireEvent, render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { DEFAULT_QUESTION } from '../../server/question.js';
import { overview } from '../../testing/adminAnswers.js';
import { settle, setUpAdmin } from '../../testing/adminPage.js';
import { OverviewPiece } from './OverviewPiece.js';
import type { PieceSettings } from './pieceSettings.js';
import { VitalsPiece } from './VitalsPiece.js';

// jsdom lays nothing out, and a chart without a size draws nothing.
vi.mock('../charts/TrafficChart.js', () => ({ TrafficChart: () => null }));
vi.mock('../charts/PercentilesChart.js', () => ({ PercentilesChart: () => null }));

const { answers, asked } = setUpAdmin();

/** The cache of a page outlives a test, unless the test asks elsewhere. */
let pages = 0;

function settings(part: Partial<PieceSettings> = {}): PieceSettings {
  pages += 1;
  return {
    isAdmitted: true,
    endpoint: `/api/rum${pages}`,
    adminPath: null,
    title: 'Overview',
    theme: 'auto',
    paused: false,
    question: { ...DEFAULT_QUESTION, range: '7d' },
    ...part,
  };
}

const requestsOf = (path: string): number => asked.filter((each) => each.includes(path)).length;

test('what two pieces of a page ask is asked once', async () => {
  const given = settings();
  render(
    <>
      <OverviewPiece {...given} />
      <VitalsPiece {...given} title="Vitals" route={null} metric="lcp" />
    </>,
  );
  await settle();
  expect(requestsOf('/admin/overview?range=7d')).toBe(1);
});

test('figures come anew every 30 s until they are kept as they are', async () => {
  render(<OverviewPiece {...settings()} />);
  await settle();
  await settle(30_000);
  expect(requestsOf('/admin/overview')).toBe(2);
  fireEvent.click(screen.getByRole('button', { name: 'Live – pause Overview' }));
  await settle(90_000);
  expect(requestsOf('/admin/overview')).toBe(2);
  fireEvent.click(screen.getByRole('button', { name: 'Paused – resume Overview' }));
  await settle(30_000);
  expect(requestsOf('/admin/overview')).toBeGreaterThan(2);
});

test('a piece that is not admitted holds its place and asks nobody', async () => {
  render(<OverviewPiece {...settings({ isAdmitted: false })} />);
  await settle(60_000);
  expect(asked).toEqual([]);
  expect(screen.getAllByRole('article')).toHaveLength(5);
});

test('what cannot be had says why, with a way to ask again', async () => {
  answers['/admin/overview'] = () => Response.json({ message: 'The database is away.' }, { status: 400 });
  render(<OverviewPiece {...settings()} />);
  await settle();
  expect(screen.getAllByText('The database is away.').length).toBeGreaterThan(0);
  answers['/admin/overview'] = () => Response.json(overview({}));
  fireEvent.click(screen.getAllByRole('button', { name: 'Retry' })[0] as HTMLElement);
  await settle();
  expect(screen.queryByText('The database is away.')).toBeNull();
  expect(screen.getByText('No views in this range')).toBeTruthy();
});

test('all pieces of a page go where one of them is refused', async () => {
  const given = settings({ adminPath: '/admin/rum' });
  render(
    <>
      <OverviewPiece {...given} />
      <VitalsPiece {...given} title="Vitals" route={null} metric="lcp" />
    </>,
  );
  await settle();
  answers['/admin/overview'] = () => Response.json({ message: 'Sign in first.' }, { status: 401 });
  await settle(30_000);
  expect(screen.getAllByText('Sign in to see these figures.')).toHaveLength(2);
  expect(screen.getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual([
    '/admin/rum',
    '/admin/rum',
  ]);
  expect(screen.queryAllByRole('article')).toEqual([]);
});
