import type { MetricType } from 'web-vitals';
import type { LongFrame } from '../longFrame.js';
import { selectorOf } from '../selectorOf.js';
import { withoutQuery } from '../withoutQuery.js';

/** What explains a vital: elements, scripts, and parts that add up to its value, in ms. */
type Attribution = Record<string, string | number | undefined>;

/** Selectors of elements by the entry that named them: the element may be gone when the entry is reported again. */
const selectors = /* @__PURE__ */ new WeakMap<object, string>();

function targetOf(entry: object, node: Node | null | undefined): string | undefined {
  const known = selectors.get(entry);
  if (known || !(node instanceof Element)) return known;
  const selector = selectorOf(node);
  selectors.set(entry, selector);
  return selector;
}

/**
 * Explains a metric as the attribution build of `web-vitals` does, but from what the standard build reports: that build
 * weighs 2.4 KB more. An end-to-end test compares the two.
 *
 * @param frames The last long animation frames.
 */
export function attribute(metric: MetricType, frames: readonly LongFrame[]): Attribution {
  const { value, navigationType } = metric;
  const [navigation] = performance.getEntriesByType('navigation') as [PerformanceNavigationTiming?];
  const isSoft = navigationType === 'soft-navigation';
  // What the vital counts from, `performance.now()`.
  const origin = (isSoft ? metric.navigationStartTime : navigation?.activationStart) ?? 0;
  const since = (time = 0): number => Math.max(0, time - origin);
  const timeToFirstByte = isSoft ? 0 : since(navigation?.responseStart);
  switch (metric.name) {
    case 'TTFB': {
      if (isSoft || !navigation) return {};
      const waited = since(navigation.workerStart || navigation.fetchStart);
      const dns = since(navigation.domainLookupStart);
      const connect = since(navigation.connectStart);
      const connected = since(navigation.connectEnd);
      const parts: Attribution = {
        waitingDuration: waited,
        cacheDuration: dns - waited,
        dnsDuration: connect - dns,
        connectionDuration: connected - connect,
        requestDuration: value - connected,
      };
      for (const { name, duration } of navigation.serverTiming?.slice(0, 9) ?? [])
        parts[`server.${name}`] = duration;
      return parts;
    }
    case 'FCP':
      return { timeToFirstByte, firstByteToFCP: value - timeToFirstByte };
    case 'LCP': {
      const entry = metric.entries.at(-1);
      if (!entry) return {};
      const { url, element, startTime } = entry;
      const resource =
        url &&
        (performance.getEntriesByName(url, 'resource') as PerformanceResourceTiming[])
          .filter((candidate) => candidate.startTime <= startTime)
          .at(-1);
      const requested = Math.max(
        timeToFirstByte,
        resource ? since(resource.requestStart || resource.startTime) : 0,
      );
      const loaded = Math.min(value, Math.max(requested, resource ? since(resource.responseEnd) : 0));
      return {
        element: targetOf(entry, element),
        url: url && withoutQuery(url),
        timeToFirstByte,
        resourceLoadDelay: requested - timeToFirstByte,
        resourceLoadDuration: loaded - requested,
        elementRenderDelay: value - loaded,
      };
    }
    case 'CLS': {
      const [largest] = [...metric.entries].sort((a, b) => b.value - a.value);
      if (!largest) return {};
      const node = largest.sources?.find((source) => source.node instanceof Element)?.node;
      return { target: targetOf(largest, node), largestShiftValue: largest.value };
    }
    case 'INP': {
      const { entries } = metric;
      const [first] = entries;
      if (!first) return {};
      const { startTime, duration, name } = first;
      const began = Math.max(startTime, Math.min(...entries.map(({ processingStart }) => processingStart)));
      const painted = Math.max(startTime + duration, began);
      const ended = Math.min(painted, Math.max(...entries.map(({ processingEnd }) => processingEnd)));
      const [script] = frames
        .filter((frame) => frame.startTime <= ended && frame.startTime + frame.duration >= startTime)
        .flatMap(({ scripts = [] }) => scripts)
        .map((candidate) => ({
          candidate,
          overlap: candidate.startTime + candidate.duration - Math.max(startTime, candidate.startTime),
        }))
        .sort((a, b) => b.overlap - a.overlap);
      return {
        target: targetOf(first, entries.find(({ target }) => target)?.target),
        type: /^key/.test(name) ? 'keyboard' : 'pointer',
        inputDelay: began - startTime,
        processingDuration: ended - began,
        presentationDelay: painted - ended,
        ...(script && {
          script: withoutQuery(script.candidate.sourceURL),
          function: script.candidate.sourceFunctionName,
          invoker: script.candidate.invoker,
          scriptDuration: script.overlap,
        }),
      };
    }
  }
}
