/** What the plain pages do besides recording: `kept` and `strict` are where visitors go, `last` sends what pages left. */
export type PageKind = 'kept' | 'strict' | 'last';

/** What would be mixed with the events that are counted is off; vitals and views stay. */
const ATTRIBUTES = [
  'data-endpoint="/api/rum"',
  'data-errors="false"',
  'data-actions="false"',
  'data-resources="false"',
  'data-long-tasks="false"',
  'data-user-timing="false"',
  'data-max-per-minute="1000000"',
  'data-flush-interval="1000"',
].join(' ');

const KEEPING = 'data-privacy="consent" data-consent="granted" data-offline="true"';

/** Longer than a body in IndexedDB is left to the page that made it. */
const AHEAD_MS = 61_000;

/** Path of a plain page; what comes below it is the same page. */
export function pathOf(kind: PageKind, name: string | number = ''): string {
  return `/delivery/${kind}/${name}`;
}

/** The document at a path; undefined where there is none of these. */
export function plainPage(path: string): string | undefined {
  const [, kind] = /^\/delivery\/(kept|strict|last)\//.exec(path) ?? [];
  if (!kind) return undefined;
  const isLast = kind === 'last';
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <link rel="icon" href="data:," />
    <title>Delivery</title>
    <script>
      ${isLast ? `const now = Date.now; Date.now = () => now() + ${AHEAD_MS};` : ''}
      window.rum = { q: [] };
    </script>
    <script src="/delivery/script.js" ${ATTRIBUTES} ${kind === 'strict' ? '' : KEEPING} defer></script>
  </head>
  <body>
    <a href="${pathOf(isLast ? 'kept' : (kind as PageKind), 'next')}">Next</a>
    <script>
      ${isLast ? '' : 'visitor.start();'}
    </script>
  </body>
</html>
`;
}
