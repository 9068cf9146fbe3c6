import { z } from 'zod';
import type { RequestResponse, RequestsBefore, RequestsResponse } from '../api.js';
import {
  duration,
  durationBefore,
  durations,
  histogram,
  median,
  share,
  shareInterval,
} from './activitySchemas.js';
import { sampledTold } from './errorSchemas.js';
import { component, count, range, time } from './schemaParts.js';

const bytes = z.number().min(0);
const text = z.string().nullable();

const figures = {
  n: count,
  views: count.describe('Views that made one.'),
  duration: durations.describe('Of those that were not aborted.'),
  phases: z
    .object({
      redirect: median,
      dns: median,
      connect: median,
      tls: median,
      wait: median,
      download: median,
    })
    .describe('Medians of what browsers tell, ms. Null where none does.'),
  bytes: bytes.describe('On the wire, all together.'),
  sized: count.describe('How many told their size.'),
  medianBytes: bytes.nullable(),
  cached: count.describe('Of those that told their size, how many came from the cache.'),
  failed: count.describe('No answer came, or one of status 400 or higher.'),
  failedShare: share.describe('Of all that were not aborted.'),
  failedInterval: shareInterval,
  aborted: count,
};

const row = {
  key: z.string().describe('16 hexadecimal digits.'),
  name: z.string().describe('URL template; a path where it is of the page’s own origin.'),
  host: z.string().describe('(own): the page’s own origin.'),
  kind: z.enum(['requests', 'files']),
  initiator: z.string(),
  method: text,
  operation: text.describe('Of GraphQL.'),
  ...figures,
};

const compared: z.ZodType<RequestsBefore | null> = z
  .object({
    n: count,
    failed: count,
    failedShare: share,
    failedInterval: shareInterval,
    duration: durationBefore,
  })
  .nullable();

const party = component(
  'RequestParty',
  z.object({
    hosts: count,
    n: count,
    views: count.describe('Views that loaded from them.'),
    bytes,
    time: z.number().min(0).describe('Durations of what was not aborted, all together, ms.'),
  }),
);

export const requestsSchema: z.ZodType<RequestsResponse> = component(
  'Requests',
  z.object({
    range,
    told: sampledTold,
    views: count.describe('Views that made any request.'),
    own: party,
    others: party,
    hosts: z.array(z.object({ host: z.string(), templates: count, ...figures })),
    initiators: z.array(z.object({ initiator: z.string(), n: count })),
    rows: z.array(z.object({ ...row, compared })),
    truncated: z.boolean().describe('There are more rows, or hosts, than these.'),
  }),
);

export const requestSchema: z.ZodType<RequestResponse> = component(
  'Request',
  z.object({
    range,
    told: sampledTold,
    ...row,
    compared,
    histogram,
    statuses: z.array(
      z.object({
        status: z.string().describe('HTTP status, or network, timeout, abort, unknown.'),
        n: count,
      }),
    ),
    routes: z.array(
      z.object({
        route: z.string(),
        n: count,
        views: count,
        duration: durations,
        failed: count,
        failedInterval: shareInterval,
      }),
    ),
    occurrences: z
      .array(
        z.object({
          id: z.string(),
          at: time,
          viewId: z.string(),
          route: z.string(),
          duration,
          status: z.string(),
          bytes: bytes.nullable(),
          cached: z.boolean(),
          protocol: text,
          browser: text,
          country: text,
        }),
      )
      .describe('The latest, at most 20.'),
  }),
);
