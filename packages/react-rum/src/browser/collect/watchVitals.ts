import type { Stop } from '../collector.js';
import { guard } from '../guard.js';
import { SLOW_EVENT_MS } from '../limits.js';
import { listen } from '../listen.js';
import { navigationEntry } from '../navigations.js';
import { createCls } from './cls.js';
import { createInp } from './inp.js';
import type { InteractionPaint, Metric, MetricName, Navigation, SoftNavigation } from './navigation.js';

/** @param events The last events that took long. */
export type Report = (metric: Metric, events: readonly PerformanceEventTiming[]) => void;

const SOFT = 'soft-navigation';
/** Chromium tells of each interaction that paints something, which is only of interest after a soft navigation. */
const INTERACTION_PAINT = 'interaction-contentful-paint';

/**
 * The five vitals of loads, soft navigations and returns from the back/forward cache, each value as it changes.
 *
 * By the rules of `web-vitals`, which are those of the Chrome UX Report. End-to-end tests compare the values with that
 * library's to the last bit. It is not used itself: each of its metrics brings observers, listeners and ids of its own,
 * which was an eighth of the agent's bytes.
 *
 * @see https://web.dev/articles/vitals
 */
export function watchVitals(report: Report): Stop {
  const cls = createCls();
  const inp = createInp();
  let navigation: Navigation = { beganAt: 0 };
  let told: Partial<Record<MetricName, number>> = {};
  let isPainted = false;
  const activatedAt = navigationEntry()?.activationStart ?? 0;
  let hiddenAt =
    performance
      .getEntriesByType('visibility-state')
      .find(({ name, startTime }) => name === 'hidden' && startTime >= activatedAt)?.startTime ??
    (document.hidden ? 0 : Infinity);

  const knows = (type: string): boolean => PerformanceObserver.supportedEntryTypes.includes(type);
  const knowsShifts = knows('layout-shift');

  function tell(name: MetricName, value: number, entries: readonly PerformanceEntry[] = []): void {
    if (told[name] === value) return;
    told[name] = value;
    report({ ...navigation, name, value, entries } as Metric, inp.recent);
  }
  function tellPaint(name: 'FCP' | 'LCP', value: number, entries?: readonly PerformanceEntry[]): void {
    tell(name, Math.max(0, value), entries);
  }
  /** A page that was not seen while it loaded has no paints and so no shifts either. */
  function tellCls(): void {
    if (isPainted && knowsShifts) tell('CLS', cls.value, cls.entries);
  }
  function tellInp(): void {
    const longest = inp.longest();
    if (longest) tell('INP', longest.duration, longest.entries);
  }
  function tellTtfb(entry = navigationEntry()): void {
    // Some browsers tell nothing of it, or what cannot be: https://github.com/GoogleChrome/web-vitals/issues/137
    if (entry && entry.responseStart > 0 && entry.responseStart < performance.now())
      tell('TTFB', Math.max(0, entry.responseStart - activatedAt), [entry]);
  }
  function begin(next: Navigation): void {
    tellCls();
    tellInp();
    navigation = next;
    told = {};
    cls.begin();
    inp.begin();
  }

  function takeSoft(entry: SoftNavigation): void {
    const { name: softUrl, startTime: beganAt, interactionId, presentationTime, paintTime = 0 } = entry;
    // Once: what is buffered comes again each time.
    if (!navigation.softUrl) watch(INTERACTION_PAINT);
    begin({ beganAt, softUrl, interactionId });
    hiddenAt = Infinity;
    tellPaint('FCP', (presentationTime || paintTime) - beganAt);
    const paint = entry.getLargestInteractionContentfulPaint?.();
    if (paint) takeInteractionPaint(paint);
  }
  function takeInteractionPaint(entry: InteractionPaint): void {
    const { interactionId, startTime, largestContentfulPaint: largest } = entry;
    const isOurs = navigation.softUrl && interactionId === navigation.interactionId;
    if (isOurs && largest && largest.renderTime < hiddenAt)
      tellPaint('LCP', largest.renderTime - startTime, [largest]);
  }
  function takePaint(name: 'FCP' | 'LCP', entry: PerformanceEntry): void {
    if (navigation.beganAt || entry.startTime >= hiddenAt) return;
    tellPaint(name, entry.startTime - activatedAt, [entry]);
    isPainted = true;
  }
  /** By type of entry. */
  const takers: Readonly<Record<string, (entry: never) => void>> = {
    navigation: tellTtfb,
    paint(entry: PerformanceEntry) {
      if (entry.name === 'first-contentful-paint') takePaint('FCP', entry);
    },
    'largest-contentful-paint': (entry: LargestContentfulPaint) => takePaint('LCP', entry),
    'layout-shift': cls.add,
    event: inp.add,
    'first-input': inp.add,
    [SOFT]: takeSoft,
    [INTERACTION_PAINT]: takeInteractionPaint,
  };
  function take(entries: PerformanceEntryList): void {
    // Those of different types come in no order, which matters where a navigation lies between them.
    if (entries.some(({ entryType }) => entryType === SOFT))
      entries.sort((a, b) => a.startTime + a.duration - b.startTime - b.duration);
    for (const entry of entries) takers[entry.entryType]?.(entry as never);
    tellCls();
  }

  const takeList = guard((list: PerformanceObserverEntryList) => {
    take(list.getEntries());
    // More of the same frame may come until then, and what explains it.
    if (inp.isChanged) (window.requestIdleCallback ?? setTimeout)(guard(tellInp));
  });
  let observer: PerformanceObserver | undefined = new PerformanceObserver(takeList);
  function watch(type: string): void {
    const init = { type, buffered: true, durationThreshold: SLOW_EVENT_MS };
    if (knows(type)) observer?.observe(init as PerformanceObserverInit);
  }
  // WebKit calls back while `observe` runs: before this there is no view.
  queueMicrotask(() => {
    for (const type of Object.keys(takers)) if (type !== INTERACTION_PAINT) watch(type);
  });

  const stops = [
    listen(document, 'visibilitychange', ({ timeStamp }) => {
      if (!navigation.beganAt) tellTtfb();
      take(observer?.takeRecords() ?? []);
      tellInp();
      if (document.hidden) hiddenAt = Math.min(hiddenAt, timeStamp);
    }),
    listen<PageTransitionEvent>(window, 'pageshow', ({ persisted, timeStamp }) => {
      if (!persisted) return;
      begin({ beganAt: timeStamp });
      const restored = navigation;
      if (navigationEntry()) tell('TTFB', 0);
      requestAnimationFrame(() =>
        requestAnimationFrame(
          guard(() => {
            if (navigation !== restored) return;
            const value = performance.now() - timeStamp;
            if (knows('paint')) tellPaint('FCP', value);
            if (knows('largest-contentful-paint')) tellPaint('LCP', value);
            isPainted = true;
            tellCls();
          }),
        ),
      );
    }),
    () => {
      observer?.disconnect();
      observer = undefined;
    },
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
