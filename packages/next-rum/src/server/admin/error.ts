import type { ErrorResponse } from '../api.js';
import { InvalidParameter } from '../question.js';
import { fillBuckets } from '../range.js';
import { apiError, json } from '../respond.js';
import { type DataRoute, oneInOf, readBoth, resolve } from './dataRoute.js';

/** One group of errors in full. */
export const error: DataRoute = async (asked) => {
  const resolved = resolve(asked);
  const fingerprint = readFingerprint(asked.parameters);
  const { range, views } = resolved;
  const oneIn = await oneInOf(asked.store, resolved, 'errors');
  const [found, before] = await readBoth(resolved, async (span) =>
    span === views
      ? { detail: await asked.store.errorGroup(span, fingerprint, range.bucketMs), counts: [] }
      : { detail: null, counts: await asked.store.errorCounts(span, 1, [fingerprint]) },
  );
  if (found.detail === null) {
    const message = `no error with the fingerprint ${fingerprint} happened in this time and passes the filters`;
    return apiError(404, { error: 'not_found', message });
  }
  const { series, ...detail } = found.detail;
  const [counted] = before?.counts ?? [];
  const body: ErrorResponse = {
    range,
    oneIn,
    ...detail,
    series: fillBuckets(range, series, (t) => ({ t, n: 0 })),
    compared: counted === undefined ? null : { events: counted.events },
  };
  return json(200, body);
};

/** @throws {InvalidParameter} */
function readFingerprint(parameters: URLSearchParams): string {
  const fingerprint = parameters.get('fingerprint') ?? '';
  if (!/^[0-9a-f]{16}$/.test(fingerprint)) {
    throw new InvalidParameter(
      'fingerprint',
      'fingerprint must be 16 hexadecimal digits, as errors have them',
    );
  }
  return fingerprint;
}
