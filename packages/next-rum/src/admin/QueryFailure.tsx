import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactElement, useContext } from 'react';
import { spanWords } from '../server/question.js';
import { AddressContext } from './address/Address.js';
import { ApiFailure } from './adminApi.js';
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
      action={<AskNarrower error={query.error} />}
    />
  );
}

/** A button that asks for as much of the time as can be read, where the server says how much that is. */
function AskNarrower({ error }: { readonly error: Error }): ReactElement | null {
  const address = useContext(AddressContext);
  const span = error instanceof ApiFailure ? error.narrower : null;
  // A piece of the app's own page has no address to change, and a shared board none that says of which time it is.
  if (span === null || address === null || address.isEmbedded) return null;
  return (
    <button type="button" className="rum-button" onClick={() => address.ask({ range: span })}>
      Show its last {spanWords(span.to - span.from)}
    </button>
  );
}
