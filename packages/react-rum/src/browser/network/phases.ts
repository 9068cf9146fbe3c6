import type { ResourceEvent } from '../../protocol/index.js';

/** Not in all browsers, nor yet in TypeScript's DOM types. */
type Timing = PerformanceResourceTiming & {
  readonly renderBlockingStatus?: string;
  readonly deliveryType?: string;
};

/** From one moment to the other, in ms to a tenth; undefined where one of them is not told. */
function between(from: number, to: number): number | undefined {
  return from && to > from ? +(to - from).toFixed(1) : undefined;
}

/** What a performance entry tells of a request. Other origins tell next to nothing without `Timing-Allow-Origin`. */
export function phasesOf(entry: Timing): Partial<ResourceEvent> & Pick<ResourceEvent, 'duration'> {
  const { duration, transferSize, decodedBodySize, responseStart, connectEnd } = entry;
  return {
    duration,
    status: entry.responseStatus,
    redirect: between(entry.redirectStart, entry.redirectEnd),
    dns: between(entry.domainLookupStart, entry.domainLookupEnd),
    connect: between(entry.connectStart, connectEnd),
    tls: between(entry.secureConnectionStart, connectEnd),
    wait: between(entry.requestStart, responseStart),
    download: between(responseStart, entry.responseEnd),
    transferSize,
    decodedSize: decodedBodySize,
    protocol: entry.nextHopProtocol || undefined,
    cached: entry.deliveryType === 'cache' || (!transferSize && decodedBodySize > 0) || undefined,
    renderBlocking: entry.renderBlockingStatus === 'blocking' || undefined,
  };
}
