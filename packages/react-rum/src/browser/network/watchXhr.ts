import { absoluteUrl } from '../absoluteUrl.js';
import type { Stop } from '../collector.js';
import { wrapMethod } from '../wrapMethod.js';
import { type BeginRequest, operationOf, type RequestEnd } from './request.js';
import type { Tracing } from './trace.js';

interface Opened {
  /** What `open` was given. */
  readonly given: readonly unknown[];
  /** Header values that the page has set, by lower-case name. */
  readonly headers: Map<string, string>;
}

/** Tells of the page's XMLHttpRequests and adds trace headers to them. */
export function watchXhr(begin: BeginRequest, { mayTrace, trace }: Tracing): readonly Stop[] {
  const opened = new WeakMap<object, Opened>();
  const { prototype } = XMLHttpRequest;
  return [
    wrapMethod(prototype, 'open', (open, args, self) => {
      // What cannot be opened throws here, as it does without this wrapper.
      open(...args);
      opened.set(self, { given: args, headers: new Map() });
    }),
    wrapMethod(prototype, 'setRequestHeader', (set, args, self) => {
      set(...args);
      const [name, value] = args;
      opened.get(self)?.headers.set(String(name).toLowerCase(), value);
    }),
    wrapMethod(prototype, 'send', (send, args, self) => {
      const request = self;
      const known = opened.get(request);
      try {
        if (known) {
          const { given, headers } = known;
          const method = `${given[0]}`;
          const url = absoluteUrl(given[1]);
          const spanId = mayTrace(url)
            ? trace({
                get: (name) => headers.get(name),
                // Of a header that is set twice the values are joined, which is how baggage grows.
                set: (name, value) =>
                  request.setRequestHeader(name, value.replace(`${headers.get(name)},`, '')),
              })
            : undefined;
          const operation = operationOf(url, args[0]);
          const end = begin(url, { initiator: 'xmlhttprequest', method, operation, spanId });
          let failure: RequestEnd['failure'];
          for (const type of ['error', 'abort', 'timeout'] as const) {
            request.addEventListener(type, () => {
              failure = type === 'error' ? 'network' : type;
            });
          }
          request.addEventListener('loadend', () => end({ status: request.status, failure }), { once: true });
        }
      } catch {
        // Opened or sent in a state that cannot be read here: the original says what is wrong with it.
      }
      send(...args);
    }),
  ];
}
