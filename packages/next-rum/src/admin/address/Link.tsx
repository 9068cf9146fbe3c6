import { type MouseEvent, type ReactElement, type ReactNode, useContext } from 'react';
import { useAddress } from './Address.js';
import type { Page } from './page.js';
import { PrefetchContext } from './prefetchContext.js';
import { parseUrlState, type UrlState } from './urlState.js';

interface LinkProps {
  readonly to: Page;
  readonly change?: Partial<UrlState>;
  readonly className?: string;
  /** Whether it leads to where the viewer is. */
  readonly current?: boolean;
  /** Called when it is followed here. */
  readonly onFollow?: () => void;
  readonly children: ReactNode;
}

/** A link inside the admin: followed without a load, keeps what was chosen, and has its answers fetched while it is pointed at. */
export function Link({
  to,
  change,
  className,
  current = false,
  onFollow,
  children,
}: LinkProps): ReactElement {
  const { hrefTo, goTo, isEmbedded } = useAddress();
  const prefetch = useContext(PrefetchContext);
  const href = hrefTo(to, change);
  if (href === '') return <span className={className}>{children}</span>;
  if (isEmbedded) {
    return (
      <a href={href} className={className}>
        {children}
      </a>
    );
  }
  const follow = (event: MouseEvent): void => {
    // A new tab or window is the browser's to open.
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    goTo(href);
    onFollow?.();
  };
  const point = (): void => prefetch(to, parseUrlState(new URL(href, window.location.href).search));
  return (
    <a
      href={href}
      className={className}
      aria-current={current ? 'page' : undefined}
      onClick={follow}
      onPointerEnter={point}
      onFocus={point}
    >
      {children}
    </a>
  );
}
