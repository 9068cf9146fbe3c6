import type { MetricType } from 'web-vitals';
import type { Stop } from '../collector.js';
import { guard } from '../guard.js';
import { INTERACTIONS_PER_OUTLIER, MAX_LONGEST, MAX_RECENT, SLOW_EVENT_MS } from '../limits.js';
import { listen } from '../listen.js';

/** Of a metric, what is told further. */
type Told<Metric> = Metric extends MetricType
  ? Pick<Metric, 'name' | 'value' | 'entries' | 'navigationType' | 'navigationStartTime' | 'navigationURL'>
  : never;
export type ToldMetric = Told<MetricType>;

/** Of an interaction the events that took longest, all alike, at least one. */
type Interaction = [first: PerformanceEventTiming, ...others: PerformanceEventTiming[]];

/**
 * Interaction to Next Paint: of a navigation's interactions the longest, less one for every fifty of them.
 *
 * By the same rules as `onINP` of `web-vitals`, with which an end-to-end test compares it. That one looks at each interaction
 * in an idle callback of its own, which costs a page as much as all else that this agent does about a click.
 *
 * @param report Told of each change of the value, with the last events that took long.
 * @see https://web.dev/articles/inp
 */
export function watchInp(
  report: (metric: ToldMetric, events: readonly PerformanceEventTiming[]) => void,
): Stop {
  const events: PerformanceEventTiming[] = [];
  let longest: Interaction[] = [];
  let navigation: Partial<ToldMetric> = {};
  let told: number | undefined;
  /** Of earlier navigations. */
  let countBefore = 0;
  let firstId = 0;
  let lastId = 0;

  /** Chromium numbers interactions in steps of seven; it did so before it told how many there were. */
  const count = (): number => performance.interactionCount ?? (lastId - firstId) / 7 + 1;

  /** Undefined where it is what was told last. */
  function changed(): Interaction | undefined {
    const outliers = Math.floor((count() - countBefore) / INTERACTIONS_PER_OUTLIER);
    const inp = longest[Math.min(longest.length - 1, outliers)];
    return inp?.[0].duration === told ? undefined : inp;
  }
  function tell(): void {
    const entries = changed();
    if (!entries) return;
    told = entries[0].duration;
    report({ ...navigation, name: 'INP', value: told, entries } as ToldMetric, events);
  }
  function begin(next: Partial<ToldMetric>): void {
    tell();
    longest = [];
    navigation = next;
    told = undefined;
    countBefore = count();
  }
  function add(entry: PerformanceEventTiming): void {
    const { interactionId: id, duration, startTime } = entry;
    events.splice(0, events.push(entry) - MAX_RECENT);
    if (!id) return;
    firstId = firstId || id;
    lastId = Math.max(lastId, id);
    const known = longest.find(([first]) => first.interactionId === id);
    if (!known) longest.push([entry]);
    else if (duration > known[0].duration) known.splice(0, known.length, entry);
    else if (duration === known[0].duration && startTime === known[0].startTime) known.push(entry);
    longest.sort(([a], [b]) => b.duration - a.duration).splice(MAX_LONGEST);
  }
  function take(entries: PerformanceEntryList): void {
    // Those of different types come in no order.
    for (const entry of entries.sort((a, b) => a.startTime + a.duration - b.startTime - b.duration)) {
      if (entry.entryType !== 'soft-navigation') add(entry as PerformanceEventTiming);
      else
        begin({
          navigationType: 'soft-navigation',
          navigationURL: entry.name,
          navigationStartTime: entry.startTime,
        });
    }
  }

  const observer = new PerformanceObserver(
    guard((list: PerformanceObserverEntryList) => {
      take(list.getEntries());
      // More of the same frame may come until then, and what explains it.
      if (changed()) (window.requestIdleCallback ?? setTimeout)(guard(tell));
    }),
  );
  for (const type of ['event', 'first-input', 'soft-navigation']) {
    if (PerformanceObserver.supportedEntryTypes.includes(type))
      observer.observe({ type, buffered: true, durationThreshold: SLOW_EVENT_MS });
  }
  const stops = [
    listen(document, 'visibilitychange', () => {
      take(observer.takeRecords());
      tell();
    }),
    listen<PageTransitionEvent>(window, 'pageshow', ({ persisted, timeStamp }) => {
      if (persisted) begin({ navigationType: 'back-forward-cache', navigationStartTime: timeStamp });
    }),
    () => observer.disconnect(),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
