import type { ViewRange } from '../../store.js';
import { readEvents } from '../latest/readEvents.js';
import { type ViewFacts, viewFacts } from '../latest/viewFacts.js';
import { inParts, longPart } from '../rawParts.js';
import type { Source } from '../rollup/rollupCells.js';
import { errorTeller, type ToldError } from './toldErrors.js';

/** Hands over, in no order, every error of a range whose view the filters let through, with what the view knows. */
export function eachMatchingError(
  source: Source,
  range: ViewRange,
  take: (error: ToldError, facts: ViewFacts) => void,
): Promise<void> {
  const tell = errorTeller();
  return inParts(source, 'events', range, longPart(source), async ({ app, where = [], ids, from, to }) => {
    const within = { begins: from, ends: to };
    for await (const errors of readEvents(source, app, ['error'], within, ids(from, to))) {
      const facts = await viewFacts(
        source,
        { app, where },
        errors.map(({ viewId }) => viewId),
      );
      for (const error of errors) {
        const ofView = facts.get(error.viewId);
        if (ofView !== undefined) take(tell(error), ofView);
      }
    }
  });
}
