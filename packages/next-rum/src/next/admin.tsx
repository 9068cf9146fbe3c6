import { headers } from 'next/headers.js';
import { connection } from 'next/server.js';
import { type ReactElement, Suspense } from 'react';
import { AdminPlaceholder } from '../admin/AdminRoot.js';
import { AUTHORIZE_MISSING, type GateVerdict, gate, hasSignIn } from '../server/authorize.js';
import type { Rum } from '../server/rum.js';
import { AdminAtPath } from './AdminAtPath.js';
import { pathSettings, publicEndpoint } from './publicPath.js';

/** What {@link createRumAdminPage} takes besides the RUM definition. */
export interface RumAdminPageOptions {
  /** Name shown in the admin's header and on its sign-in form; default `RUM`. */
  readonly title?: string;
}

/** What Next hands to the page. */
export interface RumAdminPageProps {
  readonly params: Promise<{ readonly rum?: string[] }>;
  readonly searchParams: Promise<{ readonly [name: string]: string | string[] | undefined }>;
}

/**
 * Makes the admin page, for an optional catch-all route such as `app/admin/rum/[[...rum]]/page.tsx`.
 *
 * Asks `authorize` of `defineRum` on the server before anything is shown; the data routes ask it again. Nobody but the
 * admin's own links should lead here, so the page tells search engines not to index it. Works with and without Cache
 * Components: whatever needs the request is read inside a Suspense boundary.
 *
 * @example
 * ```tsx
 * // app/admin/rum/[[...rum]]/page.tsx
 * import { createRumAdminPage } from '@rumkit/next-rum/admin';
 * import { rum } from '../../../../lib/rum';
 *
 * export default createRumAdminPage(rum);
 * ```
 */
export function createRumAdminPage(
  rum: Rum,
  options: RumAdminPageOptions = {},
): (props: RumAdminPageProps) => ReactElement {
  const { title = 'RUM' } = options;
  return (props) => (
    <>
      <meta name="robots" content="noindex, nofollow" />
      <Suspense fallback={<AdminPlaceholder />}>
        <GatedAdmin rum={rum} title={title} {...props} />
      </Suspense>
    </>
  );
}

interface GatedAdminProps extends RumAdminPageProps {
  readonly rum: Rum;
  readonly title: string;
}

async function GatedAdmin({ rum, title, params, searchParams }: GatedAdminProps): Promise<ReactElement> {
  const { config } = rum;
  // A session has an end, so who may come in depends on the time: Next must not ask ahead, in a prefetch that knows headers.
  await connection();
  const path = (await params).rum ?? [];
  // Nobody is asked who they are there, and the server shows nothing: the browser asks for the board with the link's token.
  const isShared = path.length === 1 && path[0] === SHARED;
  const admission = await gate(config, new Headers(await headers()), process.env.NODE_ENV);
  const { basePath, trailingSlash } = pathSettings();
  return (
    <>
      {isShared ? <meta name="referrer" content="no-referrer" /> : null}
      <AdminAtPath
        basePath={basePath ?? ''}
        trailingSlash={trailingSlash ?? false}
        depth={path.length}
        access={isShared ? 'shared' : admission.kind}
        problem={problemIn(admission)}
        viewerRole={admission.kind === 'open' ? admission.viewer.role : 'viewer'}
        endpoint={publicEndpoint(config.endpoint, pathSettings())}
        title={title}
        passwordSignIn={hasSignIn(config.authorize)}
        initialSearch={toSearch(await searchParams)}
      />
    </>
  );
}

/** What an operator is told, without the name that it has on a console. */
function problemIn(verdict: GateVerdict): string | null {
  if (verdict.kind !== 'not-configured' || verdict.message === AUTHORIZE_MISSING) return null;
  return verdict.message.replace(/^RUM: /, '');
}

/** Segment below the admin's own page that share links lead to. */
const SHARED = 'shared';

function toSearch(searchParams: Awaited<RumAdminPageProps['searchParams']>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(searchParams)) {
    for (const each of typeof value === 'string' ? [value] : (value ?? [])) search.append(name, each);
  }
  return search.toString();
}
