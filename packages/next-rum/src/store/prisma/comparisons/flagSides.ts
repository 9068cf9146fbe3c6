import type { ViewRange } from '../../store.js';
import { dataOf } from '../latest/readEvents.js';
import { sampledEvents } from '../latest/sampledEvents.js';
import type { Source } from '../rollup/rollupCells.js';
import type { Sides } from './releaseSides.js';
import { readByIds } from './sidedViews.js';

/** The variants of a flag, each against that of those who are not shown it. */
export interface FlagSides extends Sides {
  readonly flag: string;
  readonly variant: string;
}

const MOST_FLAGS = 6;
const MOST_VARIANTS = 3;
/** What those are called who are shown nothing new. */
const CONTROLS = ['off', 'false', 'control', 'disabled', '0'];

/** Views of a range that were shown variants of a flag, those of each against those of the one that nothing changes for. */
export async function flagSides(source: Source, range: ViewRange): Promise<readonly FlagSides[]> {
  const { events, told } = await sampledEvents(source, range, ['flag']);
  const flags = new Map<string, Map<string, string | null>>();
  for (const event of events) {
    const { variant } = dataOf(event) as { readonly variant?: unknown };
    if (event.name === null || typeof variant !== 'string') continue;
    const views = flags.get(event.name) ?? new Map<string, string | null>();
    flags.set(event.name, views);
    const seen = views.get(event.viewId);
    // Who was shown two is on neither side.
    views.set(event.viewId, seen === undefined || seen === variant ? variant : null);
  }
  const frequent = [...flags]
    .filter(([, views]) => new Set(views.values()).size > 1)
    .sort(([one, views], [other, ofOther]) => ofOther.size - views.size || (one < other ? -1 : 1))
    .slice(0, MOST_FLAGS);
  if (frequent.length === 0) return [];
  const ids = [...new Set(frequent.flatMap(([, views]) => [...views.keys()]))];
  const views = await readByIds(source, range, ids);
  return frequent.flatMap(([flag, variants]): FlagSides[] => {
    const counts = new Map<string, number>();
    for (const variant of variants.values())
      if (variant !== null) counts.set(variant, (counts.get(variant) ?? 0) + 1);
    const ordered = [...counts].sort(([one, n], [other, ofOther]) => ofOther - n || (one < other ? -1 : 1));
    const control =
      ordered.find(([variant]) => CONTROLS.includes(variant.toLowerCase()))?.[0] ?? ordered[0]?.[0];
    if (control === undefined) return [];
    return ordered
      .filter(([variant]) => variant !== control)
      .slice(0, MOST_VARIANTS)
      .map(([variant]) => {
        const sided = [...variants].flatMap(([id, own]) => {
          const view = views.get(id);
          if (view === undefined || (own !== variant && own !== control)) return [];
          return [{ ...view, side: own === control ? ('old' as const) : ('new' as const) }];
        });
        return {
          flag,
          variant,
          against: control,
          since: sided.reduce((first, { t }) => Math.min(first, t), range.to),
          until: range.to,
          complete: told.complete,
          views: sided,
        };
      });
  });
}
