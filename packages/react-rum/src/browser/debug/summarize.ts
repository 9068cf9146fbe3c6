import type { LossReason, Properties, RumEvent, ViewDocument, VitalName } from '../../protocol/index.js';
import { formatBytes, formatCount, formatMs, formatVital } from './format.js';

const LOSSES: { readonly [reason in LossReason]: string } = {
  queue_full: 'no room was left',
  rejected: 'the collector refused it',
  too_large: 'larger than a batch may be',
  unsupported_version: "the collector does not speak this agent's protocol",
  serialize: 'what the application attached could not be read',
  before_send: 'beforeSend threw',
  rate_limited: 'more than maxPerMinute of its type',
  unload: 'the page went before it could be sent',
};

/** Longest properties to show, in characters. */
const MAX_PROPERTIES = 120;

/** What a view or event says, in one line. */
export function summarize(item: ViewDocument | RumEvent): string {
  return parts(item)
    .filter((part) => part !== undefined && part !== '')
    .join(' · ');
}

type Part = string | undefined;

function parts(item: ViewDocument | RumEvent): readonly Part[] {
  if (!('type' in item)) return viewParts(item);
  switch (item.type) {
    case 'custom':
      return [`custom ${item.name}`, properties(item.properties)];
    case 'error':
      return [
        `error ${item.name}: ${item.message}`,
        item.source,
        item.count && `${item.count} times`,
        item.digest && `digest ${item.digest}`,
      ].map((part) => part || undefined);
    case 'action':
      return [
        `${item.kind} “${item.name}”`,
        item.target,
        formatMs(item.duration),
        item.requests ? formatCount(item.requests, 'request') : undefined,
        item.errors ? formatCount(item.errors, 'error') : undefined,
        item.navigated ? 'navigated' : undefined,
        item.frustrations?.map((name) => `${name} click`).join(', '),
      ];
    case 'resource':
      return [
        [item.initiator, item.method, item.name].filter(Boolean).join(' '),
        item.status === undefined ? undefined : `${item.status || item.failure || 'no answer'}`,
        formatMs(item.duration),
        item.transferSize ? formatBytes(item.transferSize) : undefined,
        item.cached ? 'cached' : undefined,
        item.operation,
      ];
    case 'longtask':
      return [
        `long task ${item.name}`,
        formatMs(item.duration),
        item.blockingDuration === undefined ? undefined : `blocked ${formatMs(item.blockingDuration)}`,
        item.invoker,
      ];
    case 'timing':
      return [`${item.kind} ${item.name}`, formatMs(item.duration), properties(item.properties)];
    case 'flag':
      return [`flag ${item.name} = ${item.variant}`];
    case 'navigation':
      return [`navigation to ${item.name}`, item.outcome, formatMs(item.duration)];
    case 'loss':
      return [`lost ${formatCount(item.count, 'item')}`, `${item.reason}: ${LOSSES[item.reason]}`];
    default:
      return [(item satisfies never as RumEvent).type];
  }
}

function viewParts({ route, revision, navigationType, duration, vitals }: ViewDocument): readonly Part[] {
  return [
    `view ${route}`,
    `revision ${revision}`,
    navigationType,
    duration === undefined ? undefined : formatMs(duration),
    ...Object.entries(vitals).map(
      ([name, vital]) => `${name.toUpperCase()} ${formatVital(name as VitalName, vital.value)}`,
    ),
  ];
}

function properties(given: Properties | undefined): Part {
  if (!given) return undefined;
  const text = JSON.stringify(given);
  return text.length > MAX_PROPERTIES ? `${text.slice(0, MAX_PROPERTIES)}…` : text;
}
