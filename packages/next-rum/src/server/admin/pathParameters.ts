import { newcombeInterval, type Proportion, wilsonInterval } from '../../analysis/statistics/proportions.js';
import { type FunnelVital, type PathStep, type ShareFigure, STEP_KINDS } from '../api.js';
import { InvalidParameter, MAX_FILTER_LENGTH } from '../question.js';

/**
 * Reads steps such as `view:/cart`, `custom:order` and `action:Buy`.
 *
 * @throws {InvalidParameter}
 */
export function readSteps(
  parameters: URLSearchParams,
  name: string,
  least: number,
  most: number,
): readonly PathStep[] {
  const texts = parameters.getAll(name);
  if (texts.length < least || texts.length > most) {
    throw new InvalidParameter(name, `${name} must be given ${least} to ${most} times`);
  }
  return texts.map((text) => {
    const colon = text.indexOf(':');
    const kind = STEP_KINDS.find((known) => known === text.slice(0, Math.max(colon, 0)));
    const called = text.slice(colon + 1);
    if (kind === undefined || called === '') {
      throw new InvalidParameter(name, `${name} must be view:route, custom:name or action:name`);
    }
    if (called.length > MAX_FILTER_LENGTH) {
      throw new InvalidParameter(
        name,
        `the name of ${name} may have at most ${MAX_FILTER_LENGTH} characters`,
      );
    }
    return { kind, name: called };
  });
}

/**
 * A whole number within bounds.
 *
 * @throws {InvalidParameter}
 */
export function readWhole<T extends number | null>(
  parameters: URLSearchParams,
  name: string,
  [least, most]: readonly [number, number],
  unset: T,
): number | T {
  const text = parameters.get(name);
  if (text === null) return unset;
  const number = Number(text);
  if (!/^\d{1,6}$/.test(text) || number < least || number > most) {
    throw new InvalidParameter(name, `${name} must be a whole number from ${least} to ${most}`);
  }
  return number;
}

export function shareOf({ part, whole }: Proportion): ShareFigure {
  if (whole === 0) return { part, whole, share: null, interval: null };
  return { part, whole, share: part / whole, interval: wilsonInterval({ part, whole }) };
}

/** How much more, or less, of the ones than of the others; null where there are none of one. */
export function differenceOf(a: Proportion, b: Proportion): FunnelVital['difference'] {
  if (a.whole === 0 || b.whole === 0) return null;
  return { value: a.part / a.whole - b.part / b.whole, interval: newcombeInterval(a, b) };
}
