'use client';

import { Component, type ErrorInfo, type ReactNode } from 'react';
import { reportError } from '../browser/api.js';

/** What a fallback is given. */
export interface RumFallbackProps {
  /** What was thrown. */
  readonly error: unknown;
  /** Renders the children again. */
  readonly reset: () => void;
}

export interface RumErrorBoundaryProps {
  readonly children?: ReactNode;
  /** Rendered instead of children that threw. Default nothing. */
  readonly fallback?: ReactNode | ((props: RumFallbackProps) => ReactNode);
  /** Called after the error was reported. */
  readonly onError?: (error: unknown, info: ErrorInfo) => void;
  /** Called before the children are rendered again. */
  readonly onReset?: () => void;
  /** When one of them changes while the fallback is shown, the children are rendered again. */
  readonly resetKeys?: readonly unknown[];
}

interface State {
  readonly caught: { readonly error: unknown } | null;
}

/**
 * Shows a fallback instead of children that threw, and reports the error with React's component stack.
 *
 * What Next throws to steer (`redirect`, `notFound` …) passes through and is not reported. As any error boundary it sees
 * neither errors in event handlers and timers, which the agent reports itself, nor errors on the server.
 *
 * @example
 * ```tsx
 * import { RumErrorBoundary } from '@rumkit/react-rum';
 * import type { ReactNode } from 'react';
 *
 * export function Reviews({ sku, children }: { sku: string; children: ReactNode }) {
 *   return (
 *     <RumErrorBoundary
 *       resetKeys={[sku]}
 *       fallback={({ reset }) => <button onClick={reset}>Load the reviews again</button>}
 *     >
 *       {children}
 *     </RumErrorBoundary>
 *   );
 * }
 * ```
 */
export class RumErrorBoundary extends Component<RumErrorBoundaryProps, State> {
  constructor(props: RumErrorBoundaryProps) {
    super(props);
    this.state = { caught: null };
  }

  static getDerivedStateFromError(error: unknown): State {
    // Thrown on to Next's own boundaries.
    if (/^(NEXT_|BAILOUT_)/.test(String((error as { digest?: unknown } | null)?.digest))) throw error;
    return { caught: { error } };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    reportError(error, { source: 'react', componentStack: info.componentStack });
    this.props.onError?.(error, info);
  }

  override componentDidUpdate(before: RumErrorBoundaryProps, { caught }: State): void {
    // Only where the fallback was shown already: the change may have come with the error.
    if (caught && this.props.resetKeys?.some((key, index) => key !== before.resetKeys?.[index])) this.reset();
  }

  override render(): ReactNode {
    const { children, fallback } = this.props;
    const { caught } = this.state;
    if (!caught) return children;
    return typeof fallback === 'function'
      ? fallback({ error: caught.error, reset: () => this.reset() })
      : fallback;
  }

  private reset(): void {
    this.props.onReset?.();
    this.setState({ caught: null });
  }
}
