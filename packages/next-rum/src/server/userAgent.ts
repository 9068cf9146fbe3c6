import Bowser from 'bowser';
import { isbot } from 'isbot';
import type { DeviceKind } from '../store/rows.js';

/** What is kept of a user agent: names without versions, too coarse to tell people apart. */
export interface UserAgentFacts {
  readonly browser: string | null;
  readonly os: string | null;
  readonly device: DeviceKind;
  /** A crawler, a monitor, a headless browser or another program, as far as it says so. */
  readonly bot: boolean;
}

/** Longest user agent looked at, in UTF-16 code units: parsing tries dozens of patterns on it. */
const MAX_LENGTH = 512;
/** Parsing takes some 75 µs, and most visitors share a few hundred browsers. */
const CACHE_SIZE = 500;

const DEVICES: ReadonlySet<string> = new Set(['desktop', 'mobile', 'tablet', 'tv']);
const UNKNOWN: UserAgentFacts = { browser: null, os: null, device: 'unknown', bot: false };

/** Makes a parser that remembers the user agents it met last. */
export function createUserAgentParser(): (userAgent: string) => UserAgentFacts {
  const cache = new Map<string, UserAgentFacts>();
  return (userAgent) => {
    const key = userAgent.slice(0, MAX_LENGTH);
    const known = cache.get(key);
    if (known !== undefined) {
      // A Map iterates in order of insertion: putting it back makes the first entry the least recently used.
      cache.delete(key);
      cache.set(key, known);
      return known;
    }
    const facts = parse(key);
    cache.set(key, facts);
    if (cache.size > CACHE_SIZE) {
      const oldest = cache.keys().next();
      if (!oldest.done) cache.delete(oldest.value);
    }
    return facts;
  };
}

function parse(userAgent: string): UserAgentFacts {
  // bowser throws on an empty one.
  if (userAgent.trim() === '') return UNKNOWN;
  const { browser, os, platform } = Bowser.parse(userAgent);
  return {
    browser: browser.name || null,
    os: os.name || null,
    device: isDevice(platform.type) ? platform.type : 'unknown',
    bot: isbot(userAgent),
  };
}

function isDevice(type: string | undefined): type is DeviceKind {
  return type !== undefined && DEVICES.has(type);
}
