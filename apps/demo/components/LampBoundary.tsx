'use client';

import { RumErrorBoundary } from '@rumkit/react-rum';
import type { ReactNode } from 'react';

interface Props {
  readonly children: ReactNode;
  readonly onReset?: () => void;
}

/** Keeps a lamp that cannot be shown from taking the page with it, and reports why. */
export function LampBoundary({ children, onReset }: Props) {
  return (
    <RumErrorBoundary
      {...(onReset && { onReset })}
      fallback={({ reset }) => (
        <div className="shop-note" role="alert">
          <p>This lamp fell apart. We have been told.</p>
          <button type="button" className="shop-button" data-rum-action="put it together" onClick={reset}>
            Put it together again
          </button>
        </div>
      )}
    >
      {children}
    </RumErrorBoundary>
  );
}
