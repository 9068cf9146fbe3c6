import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { QueryFailure } from './QueryFailure.js';
import { useRegionName } from './regionName.js';
import { Skeleton } from './Skeleton.js';

interface PanelProps {
  readonly title: string;
  /** What the panel is called where its title alone, away from the page, would not tell. */
  readonly label?: string;
  readonly className?: string;
  /** Beside the title: what the figures are of, or what they can be set to. */
  readonly aside?: ReactNode;
  /** What the panel shows. While it is of another question than the one asked, the panel is dimmed. */
  readonly query?: UseQueryResult<unknown>;
  readonly children: ReactNode;
}

/** A part of a page with a title of its own. */
export function Panel({
  title,
  label = title,
  className = '',
  aside = null,
  query,
  children,
}: PanelProps): ReactElement {
  return (
    <section
      className={`rum-panel ${className}`.trimEnd()}
      aria-label={useRegionName(label)}
      data-stale={query?.isPlaceholderData}
    >
      <header className="rum-panel-head">
        <h2>{title}</h2>
        {typeof aside === 'string' ? <p className="rum-muted">{aside}</p> : aside}
      </header>
      {children}
    </section>
  );
}

interface AnswerProps<T> {
  readonly query: UseQueryResult<T>;
  /** What to say where there is no answer. */
  readonly failure: string;
  /** What stands there instead where the answer holds nothing; null where it holds something. */
  readonly empty?: (data: T) => ReactNode;
  /** Given undefined while the answer is on its way. */
  readonly children: (data: T | undefined) => ReactNode;
}

/** What was answered, or why nothing was and a way to ask again, or that there is nothing. */
export function Answer<T>({ query, failure, empty, children }: AnswerProps<T>): ReactNode {
  const { data } = query;
  if (data === undefined) {
    return query.isError ? <QueryFailure title={failure} query={query} /> : children(undefined);
  }
  return empty?.(data) ?? children(data);
}

/** Stands where panels will be whose heights are not known before their answer is there. */
export function PanelPlaceholder(): ReactElement {
  return (
    <div className="rum-panel rum-panel-placeholder" aria-busy="true">
      <Skeleton size="l" />
    </div>
  );
}

interface ChartBoxProps<T> extends Omit<AnswerProps<T>, 'children'> {
  readonly className?: string;
  /** A span of it can be chosen. */
  readonly brush?: boolean;
  readonly children: (data: T) => ReactNode;
}

/** Holds the place of a chart until there is an answer to draw. */
export function ChartBox<T>({ className = '', brush, children, ...answer }: ChartBoxProps<T>): ReactElement {
  const { data, isError } = answer.query;
  return (
    <div
      className={`rum-chart ${className}`.trimEnd()}
      data-brush={brush || undefined}
      aria-busy={data === undefined && !isError}
    >
      <Answer {...answer}>{(given) => (given === undefined ? null : children(given))}</Answer>
    </div>
  );
}

interface ScrollRegionProps {
  readonly label: string;
  readonly className?: string;
  readonly busy?: boolean;
  readonly children: ReactNode;
}

/** Something wider or longer than its place. */
export function ScrollRegion({ label, className = '', busy, children }: ScrollRegionProps): ReactElement {
  return (
    <section
      className={`rum-scroll ${className}`.trimEnd()}
      aria-label={useRegionName(label)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region needs focus to be scrolled by keys
      tabIndex={0}
      aria-busy={busy}
    >
      {children}
    </section>
  );
}
