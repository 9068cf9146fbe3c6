import { type GoalsResponse, MAX_GOALS } from '../api.js';
import { type DataRoute, resolve } from './dataRoute.js';
import { readSteps, shareOf } from './pathParameters.js';
import { table } from './table.js';

/** How many sessions had what, by day. */
export const goals: DataRoute = async (asked) => {
  const { parameters, store } = asked;
  const { range, views } = resolve(asked);
  const wanted = readSteps(parameters, 'goal', 1, MAX_GOALS);
  const { days, seen } = await store.goals(views, wanted);
  const body: GoalsResponse = {
    range,
    goals: wanted.map((goal, place) => {
      const ofDays = days.map(({ t, sessions, reached }) => ({
        t,
        ...shareOf({ part: reached[place] ?? 0, whole: sessions }),
      }));
      const sum = (of: 'part' | 'whole'): number => ofDays.reduce((all, day) => all + day[of], 0);
      return { ...goal, total: shareOf({ part: sum('part'), whole: sum('whole') }), days: ofDays };
    }),
    seen,
  };
  const rows = body.goals.flatMap(({ kind, name, days: ofDays }) =>
    ofDays.map((day) => ({ kind, name, ...day })),
  );
  return table(parameters, 'goals', body, rows);
};
