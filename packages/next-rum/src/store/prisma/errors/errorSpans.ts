import { GRAIN_MS } from '../../rollup/grains.js';
import type { SqlClient } from '../client.js';
import type { Dialect } from '../dialect.js';
import { countEvents } from '../rollup/rawReads.js';
import type { Span } from '../rollup/rawSpans.js';

/** Of each span what is between its first and last minute with errors: most spans have none, and a statement for each would take long. */
export async function errorSpans(
  { client, dialect }: { readonly client: SqlClient; readonly dialect: Dialect },
  app: string,
  spans: readonly Span[],
): Promise<readonly Span[]> {
  const counts = await countEvents(client, dialect, app, spans, GRAIN_MS.minute);
  const minutes = counts
    .flatMap(({ bucket, type }) => (type === 'error' ? [bucket] : []))
    .sort((a, b) => a - b);
  let place = 0;
  return [...spans]
    .sort((a, b) => a.begins - b.begins)
    .flatMap((span) => {
      while (place < minutes.length && (minutes[place] ?? 0) + GRAIN_MS.minute <= span.begins) place += 1;
      const first = minutes[place];
      if (first === undefined || first >= span.ends) return [];
      while ((minutes[place + 1] ?? span.ends) < span.ends) place += 1;
      const last = minutes[place] ?? first;
      return [{ begins: Math.max(first, span.begins), ends: Math.min(last + GRAIN_MS.minute, span.ends) }];
    });
}
