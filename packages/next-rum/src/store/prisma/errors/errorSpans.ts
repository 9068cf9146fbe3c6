import { GRAIN_MS } from '../../rollup/grains.js';
import type { SqlClient } from '../client.js';
import type { Dialect } from '../dialect.js';
import { countEvents } from '../rollup/rawReads.js';
import type { Span } from '../rollup/rawSpans.js';

/** The parts of spans in which there are errors, to the minute: most minutes have none, and asking for each would take long. */
export async function errorSpans(
  { client, dialect }: { readonly client: SqlClient; readonly dialect: Dialect },
  app: string,
  spans: readonly Span[],
): Promise<readonly Span[]> {
  const counts = await countEvents(client, dialect, app, spans, GRAIN_MS.minute);
  const minutes = counts.flatMap(({ bucket, type }) => (type === 'error' ? [bucket] : []));
  const parts = spans.flatMap((span) =>
    minutes
      .filter((minute) => minute + GRAIN_MS.minute > span.begins && minute < span.ends)
      .map((minute) => ({
        begins: Math.max(minute, span.begins),
        ends: Math.min(minute + GRAIN_MS.minute, span.ends),
      })),
  );
  return joined(parts);
}

/** Spans that touch as one, in the order of time. */
export function joined(spans: readonly Span[]): readonly Span[] {
  const result: { begins: number; ends: number }[] = [];
  for (const { begins, ends } of [...spans].sort((a, b) => a.begins - b.begins)) {
    const last = result.at(-1);
    if (last !== undefined && begins <= last.ends) last.ends = Math.max(last.ends, ends);
    else result.push({ begins, ends });
  }
  return result;
}
