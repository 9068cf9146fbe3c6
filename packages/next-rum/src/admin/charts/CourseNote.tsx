import type { ReactElement } from 'react';
import { courseWords } from './course.js';
import './charts.css';

interface CourseNoteProps {
  readonly points: Parameters<typeof courseWords>[0];
  readonly bucketMs: number;
}

/** Says in a chart of percentiles over time what its points are of, where that is not one bucket each. */
export function CourseNote({ points, bucketMs }: CourseNoteProps): ReactElement | null {
  const words = courseWords(points, bucketMs);
  return words === '' ? null : <p className="rum-course-note rum-muted">{words}</p>;
}
