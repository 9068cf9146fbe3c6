import type { ReactElement } from 'react';
import { formatCount } from '../format.js';

/** How many views are kept apart, as a sentence that is one without its detail too. */
export function KeptApart({ views }: { readonly views: number }): ReactElement {
  const [noun, verb] = views === 1 ? ['view', 'is'] : ['views', 'are'];
  return (
    <>
      {formatCount(views)} {noun} by bots{' '}
      <span className="rum-apart-detail">and driven browsers {verb} </span>kept apart
    </>
  );
}
