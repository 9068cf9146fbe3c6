import { RECEIPT_HEADER, writeReceipt } from '@rumkit/react-rum/protocol';
import autocannon from 'autocannon';
import { batchMaker, ITEMS_PER_BATCH } from './batches.js';

/** What one run against one path did. */
export interface Run {
  readonly requestsPerSecond: number;
  /** 99th percentile of the time to the answer, ms. */
  readonly p99Ms: number;
  readonly requests: number;
}

export interface Load {
  readonly url: string;
  readonly connections: number;
  /** Requests to send; the run lasts until the last is answered. */
  readonly amount: number;
  /** Requests a second over all connections; as many as go through by default. */
  readonly rate?: number;
  /** Whether the answer says that the whole batch was taken; not asked where there is nothing to say. */
  readonly expectReceipt: boolean;
}

/**
 * Posts fresh batches.
 *
 * @throws Where an answer is not 202, or does not acknowledge every item as new: the figures would then not be those of
 *   stored batches.
 */
export async function drive({ url, connections, amount, rate, expectReceipt }: Load): Promise<Run> {
  const next = batchMaker(Date.now);
  // Made before the clock starts: the two cores are for server and socket, not for JSON.
  const batches = Array.from({ length: amount }, next);
  const { origin, pathname } = new URL(url);
  const receipt = writeReceipt({ accepted: ITEMS_PER_BATCH, duplicate: 0, rejected: [] });
  let refused = 0;
  let firstRefusal = '';
  let lastAnswerAt = 0;
  const began = performance.now();
  const result = await autocannon({
    url: origin,
    connections,
    amount,
    ...(rate === undefined ? {} : { overallRate: rate }),
    timeout: 30,
    requests: [
      {
        method: 'POST',
        path: pathname,
        setupRequest: (request) => {
          const { body, userAgent } = batches.pop() ?? next();
          return {
            ...request,
            body,
            headers: { 'content-type': 'application/json', 'user-agent': userAgent, origin },
          };
        },
        onResponse: (status, body, _context, headers) => {
          lastAnswerAt = performance.now();
          if (status === 202 && (!expectReceipt || headers?.[RECEIPT_HEADER] === receipt)) return;
          refused += 1;
          firstRefusal ||= `${status} ${body}`;
        },
      },
    ],
  });
  if (refused > 0 || result.errors > 0 || result.requests.total !== amount) {
    throw new Error(
      `${url}: of ${amount} requests ${refused} were not acknowledged whole and ${result.errors} failed. ${firstRefusal}`,
    );
  }
  return {
    // Not autocannon's own duration, which is rounded up to its next second.
    requestsPerSecond: amount / ((lastAnswerAt - began) / 1000),
    p99Ms: result.latency.p99,
    requests: amount,
  };
}
