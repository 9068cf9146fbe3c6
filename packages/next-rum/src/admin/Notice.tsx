import type { ReactElement, ReactNode } from 'react';

/** Why a panel has nothing to show, and what to do about it. */
export function EmptyNotice({
  title,
  children,
  action = null,
}: {
  readonly title: string;
  readonly children: ReactNode;
  /** A button that does something about it. */
  readonly action?: ReactNode;
}): ReactElement {
  return (
    <div className="rum-notice">
      <p className="rum-notice-title">{title}</p>
      <p>{children}</p>
      {action}
    </div>
  );
}

interface FailureNoticeProps {
  readonly title: string;
  readonly error: Error;
  readonly retrying: boolean;
  readonly onRetry: () => void;
  /** What to do instead. */
  readonly action?: ReactNode;
}

/** What could not be had, why, and a way to try again. */
export function FailureNotice({
  title,
  error,
  retrying,
  onRetry,
  action = null,
}: FailureNoticeProps): ReactElement {
  return (
    <div className="rum-notice" role="alert">
      <p className="rum-notice-title">{title}</p>
      <p>{error.message}</p>
      {action}
      <button type="button" className="rum-button" onClick={onRetry} disabled={retrying}>
        {retrying ? 'Trying…' : 'Retry'}
      </button>
    </div>
  );
}
