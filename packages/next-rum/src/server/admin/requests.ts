import type { RequestFigures } from '../../analysis/requests/requestFigures.js';
import { REQUEST_KINDS } from '../../analysis/requests/requestKey.js';
import type { RequestFilter } from '../../analysis/requests/requestsOf.js';
import type { RequestResponse, RequestsBefore, RequestsResponse } from '../api.js';
import { InvalidParameter, MAX_FILTER_LENGTH, readChoice } from '../question.js';
import { apiError, json } from '../respond.js';
import { type DataRoute, readBoth, resolve } from './dataRoute.js';
import { table } from './table.js';

const MAX_ROWS = 300;
const MAX_HOSTS = 100;

/** What pages asked for and loaded. */
export const requests: DataRoute = async (asked) => {
  const { parameters, store } = asked;
  const filter = readFilter(parameters);
  const resolved = resolve(asked);
  const [found, before] = await readBoth(resolved, (span) => store.requests(span, filter));
  const earlier = new Map(before?.rows.map((row) => [row.key, row]));
  const rows = found.rows
    .slice(0, MAX_ROWS)
    .map((row) => ({ ...row, compared: toBefore(earlier.get(row.key)) }));
  const body: RequestsResponse = {
    range: resolved.range,
    ...found,
    hosts: found.hosts.slice(0, MAX_HOSTS),
    rows,
    truncated: found.rows.length > MAX_ROWS || found.hosts.length > MAX_HOSTS,
  };
  return table(parameters, 'requests', body, rows);
};

/** Requests of one template in full. */
export const request: DataRoute = async (asked) => {
  const key = asked.parameters.get('key') ?? '';
  if (!/^[0-9a-f]{16}$/.test(key)) {
    throw new InvalidParameter('key', 'key must be 16 hexadecimal digits, as requests have them');
  }
  const resolved = resolve(asked);
  const [found, before] = await readBoth(resolved, (span) => asked.store.request(span, key));
  if (found === null) {
    const message = `none of the latest requests of this time that pass the filters has the key ${key}`;
    return apiError(404, { error: 'not_found', message });
  }
  const body: RequestResponse = { range: resolved.range, ...found, compared: toBefore(before) };
  return json(200, body);
};

/** @throws {InvalidParameter} */
function readFilter(parameters: URLSearchParams): RequestFilter {
  const kind = readChoice(parameters, 'kind', REQUEST_KINDS, 'all');
  return {
    kind: kind === 'all' ? null : kind,
    host: readText(parameters, 'host'),
    initiator: readText(parameters, 'initiator'),
  };
}

function readText(parameters: URLSearchParams, name: string): string | null {
  const text = parameters.get(name) ?? '';
  if (text.length > MAX_FILTER_LENGTH) {
    throw new InvalidParameter(name, `${name} may have at most ${MAX_FILTER_LENGTH} characters`);
  }
  return text === '' ? null : text;
}

function toBefore(figures: RequestFigures | null | undefined): RequestsBefore | null {
  if (figures == null) return null;
  const { n, failed, failedShare, failedInterval, duration } = figures;
  return {
    n,
    failed,
    failedShare,
    failedInterval,
    duration: { p75: duration.p75, interval: duration.interval, n: duration.n },
  };
}
