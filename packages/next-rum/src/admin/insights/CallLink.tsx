import type { ReactElement } from 'react';
import type { IncidentCause } from '../../analysis/insights/watchedIncident.js';
import { Link } from '../address/Link.js';
import type { UrlState } from '../address/urlState.js';

interface CallLinkProps {
  readonly cause: Pick<IncidentCause, 'request'>;
  /** What is asked there. */
  readonly change: Partial<UrlState>;
}

/** To the page of the request that a cause names as the call that was slow; nothing of others. */
export function CallLink({ cause, change }: CallLinkProps): ReactElement | null {
  const { request } = cause;
  if (request === undefined) return null;
  return (
    <>
      {'– '}
      <Link to={{ name: 'request', key: request }} change={change}>
        its requests
      </Link>{' '}
    </>
  );
}
