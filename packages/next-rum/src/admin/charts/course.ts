import { ENOUGH_SAMPLES } from '../../analysis/enoughEach.js';
import { formatCount, formatViews } from '../format.js';
import type { TimeFormat } from '../timeFormat.js';

/** A point of a percentile's course: of the views from `t` until `until`, epoch ms. */
interface CoursePoint {
  readonly t: number;
  readonly until: number;
  readonly n: number;
}

/** Times of a chart's axis. */
interface Axis {
  readonly from: number;
  readonly to: number;
  readonly bucketMs: number;
}

/**
 * What a chart draws of a course: one entry a bucket, so that a point that stands for several of them is drawn as long as it
 * lasts, and any bucket can be pointed at. Null where no point is.
 *
 * @param points By time, none over another.
 */
export function drawnCourse<Point extends CoursePoint>(
  { from, to, bucketMs }: Axis,
  points: readonly Point[],
): readonly { readonly t: number; readonly point: Point | null }[] {
  let place = 0;
  return Array.from({ length: Math.round((to - from) / bucketMs) }, (_, index) => {
    const t = from + index * bucketMs;
    while ((points[place]?.until ?? Number.POSITIVE_INFINITY) <= t) place += 1;
    const point = points[place];
    return { t, point: point !== undefined && point.t <= t ? point : null };
  });
}

/** The time that is pointed at, with n: of the point that is drawn there, otherwise of the bucket. */
export function courseTitle(
  points: readonly CoursePoint[],
  at: number,
  bucketMs: number,
  time: Pick<TimeFormat, 'span'>,
): string {
  const point = points.find(({ t, until }) => t <= at && at < until);
  return point === undefined
    ? time.span(at, at + bucketMs)
    : `${time.span(point.t, point.until)} · n = ${formatCount(point.n)}`;
}

/** What is to be known of a course before it is read; empty where each point is one bucket with enough views. */
export function courseWords(points: readonly CoursePoint[], bucketMs: number): string {
  const [only] = points;
  if (points.length === 1 && only !== undefined && only.n < ENOUGH_SAMPLES) {
    return `Too few for a course: one point of ${formatViews(only.n)}`;
  }
  return points.some(({ t, until }) => until - t > bucketMs)
    ? `Joined to at least ${formatCount(ENOUGH_SAMPLES)} views a point`
    : '';
}
