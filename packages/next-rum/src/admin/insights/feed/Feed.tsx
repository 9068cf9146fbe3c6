import { useQuery } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import type { InsightsResponse } from '../../../server/api.js';
import { useAddress } from '../../address/Address.js';
import { useApi } from '../../apiContext.js';
import { PanelPlaceholder } from '../../Panel.js';
import { FindingCard } from '../comparisons/FindingCard.js';
import { InsightCard } from '../InsightCard.js';
import { comparisonsQuery, trendsQuery } from '../insightQueries.js';
import { TrendCard } from '../trends/TrendCard.js';
import { type FeedEntry, impactWords, rankFeed } from './rankFeed.js';

/** Whose hours or days are shown at once. */
const MOST_OPEN = 3;

interface FeedProps {
  readonly incidents: InsightsResponse;
  /** When they were told, epoch ms. */
  readonly now: number;
  /** What stands below, and would be moved by it. */
  readonly children: ReactNode;
}

/** Incidents, differences that releases and flags made, trends and shifts, what matters most first. It comes as a whole, since what came later would move the rest. */
export function Feed({ incidents, now, children }: FeedProps): ReactElement {
  const { state } = useAddress();
  const api = useApi();
  const trends = useQuery(trendsQuery(api, state));
  const comparisons = useQuery(comparisonsQuery(api, state));
  if (trends.isPending || comparisons.isPending) return <PanelPlaceholder />;
  const entries = rankFeed(
    {
      insights: incidents.insights,
      changes: comparisons.data?.changes ?? [],
      trends: trends.data?.findings ?? [],
    },
    incidents.range,
    now,
  );
  if (entries.length === 0) return <>{children}</>;
  return (
    <>
      <p className="rum-muted rum-feed-measure">
        Ranked by how many views each makes worse in this time: slow ones, those with an error, those that do
        not come. What is better comes after that, what is snoozed last.
      </p>
      <ol className="rum-feed" aria-label="What matters most first">
        {entries.map((entry, place) => (
          <li key={keyOf(entry)}>
            <Card entry={entry} isFirst={place < MOST_OPEN} />
          </li>
        ))}
      </ol>
      {children}
    </>
  );
}

function keyOf(entry: FeedEntry): string {
  return entry.kind === 'incident' ? entry.insight.id : entry.finding.id;
}

function Card({ entry, isFirst }: { readonly entry: FeedEntry; readonly isFirst: boolean }): ReactElement {
  const impact = impactWords(entry.impact);
  const isAwake = entry.snoozedUntil === null;
  switch (entry.kind) {
    case 'incident':
      return (
        <InsightCard
          insight={entry.insight}
          isOpen={isFirst && entry.insight.ended === null}
          impact={impact}
        />
      );
    case 'difference':
      return <FindingCard change={entry.change} finding={entry.finding} impact={impact} />;
    case 'trend':
      return <TrendCard finding={entry.finding} isOpen={isFirst && isAwake} impact={impact} />;
    default:
      return entry satisfies never;
  }
}
