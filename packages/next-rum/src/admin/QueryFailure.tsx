import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { FailureNotice } from './Notice.js';

interface QueryFailureProps {
  readonly title: string;
  readonly query: UseQueryResult<unknown>;
}

/** Why there is no answer, and a way to ask again. */
export function QueryFailure({ title, query }: QueryFailureProps): ReactElement | null {
  if (query.error === null) return null;
  return (
    <FailureNotice
      title={title}
      error={query.error}
      retrying={query.isFetching}
      onRetry={() => void query.refetch()}
    />
  );
}
