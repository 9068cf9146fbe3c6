import type { ErrorEvent, RumEvent } from '@rumkit/react-rum/protocol';
import type { EventRow } from '../store/rows.js';
import { scrub } from './scrub.js';
import { scrubProperties } from './scrubProperties.js';
import { scrubPointer, scrubUrls, toPath, toUrl } from './scrubUrl.js';

/** What depends on the type of an event, without personal data. */
export function eventFields(event: RumEvent): Pick<EventRow, 'type' | 'name' | 'duration' | 'data'> {
  return {
    type: event.type,
    name: nameOf(event),
    duration: 'duration' in event ? event.duration : null,
    data: dataOf(event),
  };
}

function nameOf(event: RumEvent): string {
  switch (event.type) {
    case 'custom':
    case 'error':
    case 'action':
    case 'timing':
    case 'flag':
      return scrub(event.name);
    case 'resource':
      return toUrl(event.name);
    case 'longtask':
      return scrubPointer(event.name);
    case 'navigation':
      return toPath(event.name);
    case 'loss':
      return event.reason;
    default:
      return event satisfies never;
  }
}

/** JSON text of the rest; `JSON.stringify` leaves out what the event does not have. */
function dataOf(event: RumEvent): string | null {
  switch (event.type) {
    case 'custom':
      return event.properties === undefined
        ? null
        : JSON.stringify({ properties: scrubProperties(event.properties) });
    case 'error':
      return JSON.stringify({
        message: scrubMessage(event),
        source: event.source,
        stack: optional(scrub, event.stack),
        count: event.count,
        componentStack: optional(scrub, event.componentStack),
        digest: optional(scrub, event.digest),
      });
    case 'action': {
      const { kind, target, requests, errors, navigated, frustrations } = event;
      return JSON.stringify({
        kind,
        target: scrubPointer(target),
        requests,
        errors,
        navigated,
        frustrations,
      });
    }
    case 'resource': {
      const { failure, status, redirect, dns, connect, tls, wait, download } = event;
      const { transferSize, decodedSize, cached, renderBlocking, spanId } = event;
      return JSON.stringify({
        initiator: scrub(event.initiator),
        method: optional((method) => scrub(method).toUpperCase(), event.method),
        status,
        failure,
        operation: optional(scrub, event.operation),
        redirect,
        dns,
        connect,
        tls,
        wait,
        download,
        transferSize,
        decodedSize,
        protocol: optional(scrub, event.protocol),
        cached,
        renderBlocking,
        spanId,
      });
    }
    case 'longtask':
      return JSON.stringify({
        blockingDuration: event.blockingDuration,
        scriptDuration: event.scriptDuration,
        layoutDuration: event.layoutDuration,
        invoker: optional(scrubPointer, event.invoker),
        function: optional(scrub, event.function),
      });
    case 'timing':
      return JSON.stringify({
        kind: event.kind,
        properties: optional(scrubProperties, event.properties),
      });
    case 'flag':
      return JSON.stringify({ variant: scrub(event.variant) });
    case 'navigation':
      return JSON.stringify({ outcome: event.outcome });
    case 'loss':
      return JSON.stringify({ count: event.count });
    default:
      return event satisfies never;
  }
}

/**
 * What the browser says of a file or a policy names its URL. In other messages a query may be what explains the error, as in
 * React's `https://react.dev/errors/418?args[]=text`.
 */
function scrubMessage({ source, message }: ErrorEvent): string {
  return source === 'resource' || source === 'csp' || source === 'report'
    ? scrubUrls(message)
    : scrub(message);
}

function optional<T>(change: (value: T) => T, value: T | undefined): T | undefined {
  return value === undefined ? undefined : change(value);
}
