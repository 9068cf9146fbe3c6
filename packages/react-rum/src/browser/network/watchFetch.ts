import { absoluteUrl } from '../absoluteUrl.js';
import type { Stop } from '../collector.js';
import { wrapMethod } from '../wrapMethod.js';
import { type BeginRequest, operationOf, type RequestEnd } from './request.js';
import type { Tracing } from './trace.js';

/** Tells of the page's `fetch` requests and adds trace headers to them. */
export function watchFetch(begin: BeginRequest, { mayTrace, trace }: Tracing): Stop {
  return wrapMethod(window, 'fetch', (fetch, args) => {
    const [input, given] = args;
    let sent = args;
    let end: ReturnType<BeginRequest> | undefined;
    try {
      const isRequest = input instanceof Request;
      const init: RequestInit = given ?? {};
      const url = absoluteUrl(isRequest ? input.url : input);
      let spanId: string | undefined;
      // Anything but a plain object (a Request may be given here too) loses fields when spread.
      if (mayTrace(url) && init.constructor === Object) {
        if (isRequest && !init.headers) {
          // A copy, because headers given beside a Request reset its referrer, and its own are the caller's.
          const copy = new Request(input);
          spanId = trace(copy.headers);
          sent = [copy, given];
        } else {
          const headers = new Headers(init.headers);
          spanId = trace(headers);
          sent = [input, { ...init, headers }];
        }
      }
      const method = init.method ?? (isRequest ? input.method : 'GET');
      end = begin(url, { initiator: 'fetch', method, operation: operationOf(url, init.body), spanId });
    } catch {
      // Arguments that cannot be read here: the original says what is wrong with them.
    }
    // Not an async function: what the original does with odd arguments stays as it is.
    const answer = fetch(...sent);
    // A page's own fetch may return and resolve to anything.
    if (typeof answer?.then !== 'function') return answer;
    // The page gets what comes after, not the answer itself: that would count as handled, and a failure that the page
    // does not handle would be told to nobody.
    return answer.then(
      (response) => {
        end?.({ status: Object(response).status });
        return response;
      },
      (cause) => {
        end?.({ status: 0, failure: failureOf(cause) });
        throw cause;
      },
    );
  });
}

function failureOf(cause: unknown): RequestEnd['failure'] {
  const [, name = 'network'] = /^(Abort|Timeout)Error/.exec(Object(cause).name) ?? [];
  return name.toLowerCase() as RequestEnd['failure'];
}
