import { MAX_SERVER_TIMINGS, SAME_FRAME_MS } from '../limits.js';
import type { LongFrame } from '../longFrame.js';
import { navigationEntry } from '../navigations.js';
import { selectorOf } from '../selectorOf.js';
import { withoutQuery } from '../withoutQuery.js';
import type { LayoutShift } from './cls.js';
import type { Metric } from './navigation.js';

/** What explains a vital: elements, scripts, and parts that add up to its value, in ms. */
type Attribution = Record<string, string | number | undefined>;

/** What the largest shifts moved: that may be gone when the next shift is told of. */
const shiftTargets = /* @__PURE__ */ new WeakMap<object, string | undefined>();

/**
 * Explains a metric (an FCP, which is a TTFB and the rest, explains itself) as the attribution build of `web-vitals` does.
 * End-to-end tests compare the two.
 *
 * @param frames The last long animation frames.
 * @param events The last events that took long.
 */
export function attribute(
  metric: Metric,
  frames: readonly LongFrame[],
  events: readonly PerformanceEventTiming[] = [],
): Attribution {
  const { name, value, beganAt, softUrl } = metric;
  const navigation = navigationEntry();
  /** Ms since what the vital counts from. */
  const since = (time = 0): number =>
    Math.max(0, time - ((softUrl ? beganAt : navigation?.activationStart) ?? 0));
  const timeToFirstByte = softUrl ? 0 : since(navigation?.responseStart);
  const parts: Attribution = {};
  const [first] = metric.entries;
  // A page from the back/forward cache has no request and no paint that could be looked into.
  if (!first) return parts;

  if (name === 'TTFB' && navigation && !softUrl) {
    const waited = since(navigation.workerStart || navigation.fetchStart);
    const lookedUp = since(navigation.domainLookupStart);
    const connecting = since(navigation.connectStart);
    const connected = since(navigation.connectEnd);
    parts.waitingDuration = waited;
    parts.cacheDuration = lookedUp - waited;
    parts.dnsDuration = connecting - lookedUp;
    parts.connectionDuration = connected - connecting;
    parts.requestDuration = value - connected;
    for (const timing of navigation.serverTiming?.slice(0, MAX_SERVER_TIMINGS) ?? []) {
      parts[`server.${timing.name}`] = timing.duration;
    }
  }
  if (name === 'LCP') {
    const entry = metric.entries.at(-1);
    const url = entry?.url;
    const [resource] = url
      ? (performance.getEntriesByName(url, 'resource') as PerformanceResourceTiming[])
          .filter(({ startTime }) => startTime <= entry.startTime)
          .reverse()
      : [];
    const requested = Math.max(
      timeToFirstByte,
      since(resource && (resource.requestStart || resource.startTime)),
    );
    const loaded = Math.min(value, Math.max(requested, since(resource?.responseEnd)));
    parts.element = selectorOf(entry?.element);
    parts.url = url && withoutQuery(url);
    parts.timeToFirstByte = timeToFirstByte;
    parts.resourceLoadDelay = requested - timeToFirstByte;
    parts.resourceLoadDuration = loaded - requested;
    parts.elementRenderDelay = value - loaded;
  }
  if (name === 'CLS') {
    const [largest = first as LayoutShift] = [...metric.entries].sort((a, b) => b.value - a.value);
    parts.target =
      shiftTargets.get(largest) ??
      selectorOf(largest.sources.find(({ node }) => node instanceof Element)?.node);
    parts.largestShiftValue = largest.value;
    shiftTargets.set(largest, parts.target);
  }
  if (name === 'INP') {
    const { entries } = metric;
    const [{ startTime, duration, name: event }] = entries as [PerformanceEventTiming];
    // All events that were shown in the same frame held it up, not only those of the interaction.
    const together = events
      .filter((other) => Math.abs(other.startTime + other.duration - startTime - duration) <= SAME_FRAME_MS)
      .concat(entries);
    const began = Math.max(startTime, Math.min(...together.map(({ processingStart }) => processingStart)));
    const painted = Math.max(startTime + duration, began);
    const ended = Math.min(painted, Math.max(...together.map(({ processingEnd }) => processingEnd)));
    const [script] = frames
      .filter((frame) => frame.startTime <= ended && frame.startTime + frame.duration >= startTime)
      .flatMap(({ scripts = [] }) => scripts)
      .sort((a, b) => b.duration - a.duration);
    parts.target = selectorOf(entries.find(({ target }) => target)?.target);
    parts.event = event;
    parts.inputDelay = began - startTime;
    parts.processingDuration = ended - began;
    parts.presentationDelay = painted - ended;
    parts.script = script && withoutQuery(script.sourceURL);
    parts.function = script?.sourceFunctionName;
    parts.invoker = script?.invoker;
    parts.scriptDuration = script?.duration;
  }
  return parts;
}
