import type { ReactElement } from 'react';
import { Link } from '../address/Link.js';
import { EmptyNotice } from '../Notice.js';
import { PageHead } from './PageHead.js';

/** For a path below the admin that leads nowhere. */
export function NotFoundPage({ path }: { readonly path: string }): ReactElement {
  return (
    <>
      <PageHead title="There is no such page" range={null} />
      <section className="rum-panel rum-not-found">
        <EmptyNotice
          title="This address leads nowhere"
          action={
            <Link to={{ name: 'overview' }} className="rum-button">
              Go to the overview
            </Link>
          }
        >
          The admin has no page <bdi>{path}</bdi>. The link may be of a newer version, or mistyped.
        </EmptyNotice>
      </section>
    </>
  );
}
