import { hashText } from '../../../analysis/hashText.js';

/** A name for something found that stays the same. @param parts What it is of. */
export function findingId(kind: 'change' | 'trend', parts: readonly string[]): string {
  const hash = hashText(JSON.stringify(parts)).map((half) => half.toString(16).padStart(8, '0'));
  return `${kind}-${hash.join('')}`;
}
