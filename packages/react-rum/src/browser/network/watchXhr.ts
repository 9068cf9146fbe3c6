import { absoluteUrl } from '../absoluteUrl.js';
import type { Stop } from '../collector.js';
import { wrapMethod } from '../wrapMethod.js';
import { type BeginRequest, operationOf } from './request.js';
import type { Tracing } from './trace.js';

interface Opened {
  readonly method: string;
  readonly url: string;
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
      const [method, url] = args;
      try {
        opened.set(self as XMLHttpRequest, {
          method: String(method),
          url: absoluteUrl(url),
          headers: new Map(),
        });
      } catch {
        // An object that becomes a text only once: its request goes unseen.
      }
    }),
    wrapMethod(prototype, 'setRequestHeader', (set, args, self) => {
      set(...args);
      const [name, value] = args;
      opened.get(self as XMLHttpRequest)?.headers.set(String(name).toLowerCase(), value);
    }),
    wrapMethod(prototype, 'send', (send, args, self) => {
      const request = self as XMLHttpRequest;
      const known = opened.get(request);
      try {
        if (known) {
          const { method, url, headers } = known;
          const spanId = mayTrace(url)
            ? trace({
                get: (name) => headers.get(name),
                // Of a header that is set twice the values are joined, which is how baggage grows.
                set: (name, value) =>
                  request.setRequestHeader(name, value.replace(`${headers.get(name)},`, '')),
              })
            : undefined;
          const end = begin({
            initiator: 'xmlhttprequest',
            method,
            url,
            operation: operationOf(url, args[0]),
            spanId,
          });
          let failure: 'network' | 'abort' | 'timeout' | undefined;
          for (const [type, name] of [
            ['error', 'network'],
            ['abort', 'abort'],
            ['timeout', 'timeout'],
          ] as const) {
            request.addEventListener(type, () => {
              failure = name;
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
