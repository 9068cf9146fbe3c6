import { expect, test } from 'vitest';
import { courseWords, drawnCourse } from './course.js';

const AXIS = { from: 100, to: 160, bucketMs: 10 };

test('a point is drawn in each bucket that it stands for, and where there is none, nothing', () => {
  const [long, short] = [
    { t: 110, until: 130, n: 31 },
    { t: 140, until: 150, n: 90 },
  ];
  expect(drawnCourse(AXIS, [long, short])).toEqual([
    { t: 100, point: null },
    { t: 110, point: long },
    { t: 120, point: long },
    { t: 130, point: null },
    { t: 140, point: short },
    { t: 150, point: null },
  ]);
  expect(drawnCourse(AXIS, []).every(({ point }) => point === null)).toBe(true);
});

test('what was joined is said, and what is too little', () => {
  const full = { t: 100, until: 110, n: 30 };
  expect(courseWords([], 10)).toBe('');
  expect(courseWords([full, { t: 110, until: 120, n: 300 }], 10)).toBe('');
  expect(courseWords([full, { t: 110, until: 130, n: 30 }], 10)).toBe('Joined to at least 30 views a point');
  expect(courseWords([{ t: 100, until: 160, n: 29 }], 10)).toBe(
    'Too few for a course: one point of 29 views',
  );
  expect(courseWords([{ t: 100, until: 110, n: 1 }], 10)).toBe('Too few for a course: one point of 1 view');
});
