import type { ReactElement } from 'react';
import { Link } from '../address/Link.js';
import { hasPage } from '../address/page.js';
import { valueLabel } from '../dimensions.js';
import '../table.css';

/** A route's name, leading to its page. */
export function RouteLink({ route }: { readonly route: string }): ReactElement {
  const name = (
    <bdi className="rum-route-name" title={route}>
      {valueLabel('route', route)}
    </bdi>
  );
  if (!hasPage(route) || route === '(other)') return name;
  return (
    <Link to={{ name: 'route', route }} className="rum-route-link">
      {name}
    </Link>
  );
}
