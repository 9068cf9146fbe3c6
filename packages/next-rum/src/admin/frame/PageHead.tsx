import { type ReactElement, type ReactNode, type RefObject, useEffect } from 'react';
import type { Recorded, ResolvedRange } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { estimateWords } from '../estimateWords.js';
import { Skeleton } from '../Skeleton.js';
import { DrawnBanner } from './DrawnBanner.js';

interface PageHeadProps {
  readonly title: string;
  readonly headingRef?: RefObject<HTMLHeadingElement | null>;
  /** Which time the page tells of; undefined while loading, null where it tells of none. */
  readonly range: ResolvedRange | null | undefined;
  /** One of how many single rows its figures are counted from. */
  readonly oneIn?: number;
  /** Which sessions its figures are of. */
  readonly drawn?: Recorded['drawn'];
  readonly children?: ReactNode;
}

/** What the page is, and of which time. */
export function PageHead({
  title,
  headingRef,
  range,
  oneIn,
  drawn = null,
  children,
}: PageHeadProps): ReactElement {
  const { time } = useAddress();
  useEffect(() => {
    const host = document.title;
    document.title = `${title} · RUM`;
    return () => {
      document.title = host;
    };
  }, [title]);
  return (
    <div className="rum-heading">
      <h1 ref={headingRef} tabIndex={-1}>
        <bdi>{title}</bdi>
      </h1>
      {range === null ? null : (
        <p className="rum-period">
          {range === undefined ? (
            <Skeleton size="l" />
          ) : (
            [time.span(range.from, range.to), time.zoneName, estimateWords(oneIn)].filter(Boolean).join(' · ')
          )}
        </p>
      )}
      <DrawnBanner drawn={drawn} />
      {children}
    </div>
  );
}
