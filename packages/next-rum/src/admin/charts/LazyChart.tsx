import { useQuery } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { FailureNotice } from '../Notice.js';

interface LazyChartProps<M> {
  readonly name: string;
  readonly load: () => Promise<M>;
  /** Holds its place meanwhile. */
  readonly loading?: ReactNode;
  readonly children: (module: M) => ReactNode;
}

/**
 * The chart library is most of the page's weight, so it comes after the numbers. As a query, its loading can fail and be tried again
 * like everything else here.
 */
export function LazyChart<M>({ name, load, loading, children }: LazyChartProps<M>): ReactElement {
  const chart = useQuery({
    queryKey: ['rum', 'chart', name],
    queryFn: load,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
  if (chart.data !== undefined) return <>{children(chart.data)}</>;
  if (!chart.isError) return <>{loading}</>;
  return (
    <FailureNotice
      title="The chart could not be loaded"
      error={chart.error}
      retrying={chart.isFetching}
      onRetry={() => void chart.refetch()}
    />
  );
}
