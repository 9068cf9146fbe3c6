import { useQueryClient } from '@tanstack/react-query';
import type { MouseEvent, ReactElement, ReactNode } from 'react';
import { useApi } from '../apiContext.js';
import { queriesOf } from '../queries.js';
import { useAddress } from './Address.js';
import type { Page } from './page.js';
import { parseUrlState, type UrlState } from './urlState.js';

interface LinkProps {
  readonly to: Page;
  readonly change?: Partial<UrlState>;
  readonly className?: string;
  /** Whether it leads to where the viewer is. */
  readonly current?: boolean;
  readonly children: ReactNode;
}

/** A link inside the admin: followed without a load, keeps what was chosen, and has its answers fetched while it is pointed at. */
export function Link({ to, change, className, current = false, children }: LinkProps): ReactElement {
  const { hrefTo, goTo } = useAddress();
  const api = useApi();
  const client = useQueryClient();
  const href = hrefTo(to, change);
  const follow = (event: MouseEvent): void => {
    // A new tab or window is the browser's to open.
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    goTo(href);
  };
  const prefetch = (): void => {
    const { search } = new URL(href, window.location.href);
    for (const query of queriesOf(api, to, parseUrlState(search))) {
      void client.prefetchQuery({ ...query, staleTime: 10_000 });
    }
  };
  return (
    <a
      href={href}
      className={className}
      aria-current={current ? 'page' : undefined}
      onClick={follow}
      onPointerEnter={prefetch}
      onFocus={prefetch}
    >
      {children}
    </a>
  );
}
