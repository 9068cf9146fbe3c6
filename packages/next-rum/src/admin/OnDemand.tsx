import { type UseQueryOptions, useQuery } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { FailureNotice } from './Notice.js';

interface OnDemandProps<M> {
  /** Names what is loaded, and is the same wherever that is. */
  readonly name: string;
  readonly load: () => Promise<M>;
  /** What to say where it does not come. */
  readonly failure?: string;
  /** Holds its place meanwhile. */
  readonly loading?: ReactNode;
  readonly children: (module: M) => ReactNode;
}

/**
 * Code that comes once it is needed, such as the chart library, which is most of the admin's weight. As a query, its loading can
 * fail and be tried again like everything else here.
 */
export function OnDemand<M>({
  name,
  load,
  failure = 'The chart could not be loaded',
  loading,
  children,
}: OnDemandProps<M>): ReactElement {
  const code = useQuery(codeQuery(name, load));
  if (code.data !== undefined) return <>{children(code.data)}</>;
  if (!code.isError) return <>{loading}</>;
  return (
    <FailureNotice
      title={failure}
      error={code.error}
      retrying={code.isFetching}
      onRetry={() => void code.refetch()}
    />
  );
}

/** The loading of a module as a query, so that it can be begun before the module is needed. */
export function codeQuery<M>(name: string, load: () => Promise<M>): UseQueryOptions<M> {
  return {
    queryKey: ['rum', 'code', name],
    queryFn: load,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  };
}
