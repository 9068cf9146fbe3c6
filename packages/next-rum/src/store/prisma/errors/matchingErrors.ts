import type { ViewRange } from '../../store.js';
import { readEvents } from '../latest/readEvents.js';
import { type ViewFacts, viewFacts } from '../latest/viewFacts.js';
import { eventsIn } from '../population.js';
import { inParts, longPart } from '../rawParts.js';
import type { Source } from '../rollup/rollupCells.js';
import { errorTeller, type ToldError, toldError } from './toldErrors.js';

/**
 * Hands over, in no order, every error of a range whose view the filters let through, with what the view knows; of very many one
 * in some.
 *
 * @returns In how many.
 */
export async function eachMatchingError(
  source: Source,
  range: ViewRange,
  step: number,
  take: (error: ToldError, facts: ViewFacts, oneIn: number) => void,
): Promise<number> {
  const tell = errorTeller();
  const { oneErrorIn: oneIn } = await eventsIn(source, range);
  const reading = { length: longPart(source), oneIn, step };
  await inParts(source, 'events', range, reading, async ({ app, where = [], ids, spans, from, to }) => {
    for await (const errors of readEvents(source, app, ['error'], spans.toReversed(), ids(from, to))) {
      const facts = await viewFacts(
        source,
        { app, where },
        errors.map(({ viewId }) => viewId),
      );
      for (const error of errors) {
        const ofView = facts.get(error.viewId);
        if (ofView !== undefined) take(toldError(error, tell(error)), ofView, oneIn);
      }
    }
  });
  return oneIn;
}
