import type { UseQueryOptions } from '@tanstack/react-query';
import type { LiveResponse } from '../../server/api.js';
import { DEFAULT_QUESTION, type Question } from '../../server/question.js';
import { type AdminApi, searchOf } from '../adminApi.js';
import type { Asked } from '../summaryQuery.js';

/** ms */
const LIVE_INTERVAL = 2_000;

/** The latest views that the audience and the filters of a question let through, asked again every 2 s while the page is seen. */
export function liveQuery(api: AdminApi, { question, paused }: Asked): UseQueryOptions<Live> {
  const now = liveQuestion(question);
  return {
    queryKey: ['rum', question.audience, 'live', searchOf(now)],
    queryFn: async ({ signal }) => ({ ...(await api.live(now, signal)), streamed: false }),
    refetchInterval: ({ state }) => (paused || state.data?.streamed ? false : LIVE_INTERVAL),
  };
}

/** The last half hour. */
export interface Live extends LiveResponse {
  /** It comes by itself and need not be asked for. */
  readonly streamed: boolean;
}

/** What of a question there is to ask about the present. */
export function liveQuestion(question: Question): Question {
  const { range, compare } = DEFAULT_QUESTION;
  return { ...question, range, compare };
}
