import { gunzipSync } from 'node:zlib';
import type { Batch, RumEvent, ViewDocument } from '../protocol/index.js';

/** A `fetch` that accepts every batch, and what it got. */
export interface RecordedBatches {
  readonly fetch: typeof globalThis.fetch;
  readonly urls: readonly string[];
  readonly batches: readonly Batch[];
  /** Of each view the latest revision, in order of first arrival. */
  views(): ViewDocument[];
  events(): RumEvent[];
}

export function recordBatches(): RecordedBatches {
  const urls: string[] = [];
  const batches: Batch[] = [];
  return {
    fetch: async (input, init) => {
      urls.push(String(input));
      const body = init?.body;
      // A page that leaves sends text, which is recorded at once.
      const text =
        typeof body === 'string'
          ? body
          : gunzipSync(Buffer.from(await new Response(body).arrayBuffer())).toString();
      batches.push(JSON.parse(text) as Batch);
      return Response.json({ accepted: 0, duplicate: 0, rejected: [] }, { status: 202 });
    },
    urls,
    batches,
    views: () => {
      const latest = new Map<string, ViewDocument>();
      for (const view of batches.flatMap((batch) => batch.views)) latest.set(view.id, view);
      return [...latest.values()];
    },
    events: () => batches.flatMap((batch) => batch.events),
  };
}
