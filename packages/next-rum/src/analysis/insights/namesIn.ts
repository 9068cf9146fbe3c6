import type { WatchedMetric } from './watchedIncident.js';

/** What of a vital's attribution is named, and how it is called. */
const NAMED: { readonly [metric in WatchedMetric]?: readonly (readonly [key: string, name: string])[] } = {
  lcp: [
    ['element', 'element'],
    ['url', 'resource'],
  ],
  inp: [['target', 'element']],
  cls: [['target', 'element']],
};

/** Whether browsers name something as the reason of a metric. */
export function hasNames(metric: WatchedMetric): boolean {
  return NAMED[metric] !== undefined;
}

/**
 * What a browser named as the reason of a metric: its element, and its file.
 *
 * @param attribution JSON, of all vitals of a view; null where it told none.
 */
export function namesIn(
  attribution: string | null,
  metric: WatchedMetric,
): { readonly [name: string]: string } {
  const named = NAMED[metric] ?? [];
  if (attribution === null || named.length === 0) return {};
  try {
    const all: unknown = JSON.parse(attribution);
    const own: unknown = typeof all === 'object' && all !== null ? Reflect.get(all, metric) : null;
    if (typeof own !== 'object' || own === null) return {};
    return Object.fromEntries(
      named.flatMap(([key, name]) => {
        const text: unknown = Reflect.get(own, key);
        return typeof text === 'string' && text !== '' ? [[name, text] as const] : [];
      }),
    );
  } catch {
    // Only what the collector wrote is JSON; whatever else is there names nothing.
    return {};
  }
}
