import type {
  ComparedChange,
  ComparedFinding,
  FoundTrend,
  Insight,
  ResolvedRange,
} from '../../../server/api.js';
import { formatViews } from '../../format.js';

interface Ranked {
  /** Views that it makes worse within the time that is shown; less than 0 where it makes them better. */
  readonly impact: number;
  readonly snoozedUntil: number | null;
}

/** Something found, whatever it was found by. */
export type FeedEntry = Ranked &
  (
    | { readonly kind: 'incident'; readonly insight: Insight }
    | { readonly kind: 'difference'; readonly change: ComparedChange; readonly finding: ComparedFinding }
    | { readonly kind: 'trend'; readonly finding: FoundTrend }
  );

interface Found {
  readonly insights: readonly Insight[];
  readonly changes: readonly ComparedChange[];
  readonly trends: readonly FoundTrend[];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Puts everything that was found in one order, by one measure: how many views it makes worse within the time that is shown, which are slow,
 * have an error (of an error itself: how often it happened), or did not come. What is known of another time than that counts by its share of
 * it: of an incident evenly over its hours, of a difference over what was read since the change, of trends and shifts by the day. What
 * makes views better comes after that, and what is snoozed last.
 *
 * @param now End of what can be known, epoch ms.
 */
export function rankFeed(
  { insights, changes, trends }: Found,
  range: ResolvedRange,
  now: number,
): FeedEntry[] {
  const end = Math.min(range.to, now);
  const entries: FeedEntry[] = [
    ...insights.map((insight): FeedEntry => {
      const span = { from: insight.began, to: insight.ended ?? insight.updatedAt };
      return {
        kind: 'incident',
        insight,
        impact: partOf(insight.affected, span, { from: range.from, to: end }),
        snoozedUntil: insight.snoozedUntil,
      };
    }),
    ...changes.flatMap((change) =>
      change.findings.map((finding): FeedEntry => {
        const read = Math.max(HOUR, change.until - change.since);
        const shown = Math.max(0, end - Math.max(range.from, change.since));
        return {
          kind: 'difference',
          change,
          finding,
          impact: (finding.affected * shown) / read,
          snoozedUntil: finding.snoozedUntil,
        };
      }),
    ),
    ...trends.map(
      (finding): FeedEntry => ({
        kind: 'trend',
        finding,
        impact: (finding.affected * Math.max(0, end - range.from)) / DAY,
        snoozedUntil: finding.snoozedUntil,
      }),
    ),
  ];
  return entries.sort(
    (one, other) =>
      Number(one.snoozedUntil !== null) - Number(other.snoozedUntil !== null) ||
      Number(one.impact < 0) - Number(other.impact < 0) ||
      Math.abs(other.impact) - Math.abs(one.impact),
  );
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** How much of something that is spread evenly over a span is within another. */
function partOf(amount: number, { from, to }: Span, within: Span): number {
  const length = Math.max(HOUR, to - from);
  const shared = Math.min(from + length, within.to) - Math.max(from, within.from);
  return (amount * Math.min(length, Math.max(0, shared))) / length;
}

/** How much of it there is in the time that is shown, in words. */
export function impactWords(impact: number): string {
  const n = Math.round(Math.abs(impact));
  if (n === 0) return 'hardly a view in this time';
  return `about ${formatViews(n)} ${impact > 0 ? 'worse' : 'better'} in this time`;
}
