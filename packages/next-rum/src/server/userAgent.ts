import Bowser from 'bowser';
import { isbot } from 'isbot';
import type { DeviceKind } from '../store/rows.js';
import { type ClientHints, readClientHints } from './clientHints.js';

/** What is kept of client hints and user agent: names without versions, too coarse to tell people apart. */
export interface UserAgentFacts {
  readonly browser: string | null;
  readonly os: string | null;
  readonly device: DeviceKind;
  /** A crawler, a monitor, a headless browser or another program, as far as it says so. */
  readonly bot: boolean;
}

/** Longest user agent, and longest hint, looked at, in UTF-16 code units: parsing tries dozens of patterns on it. */
const MAX_LENGTH = 512;
/** Parsing takes some 75 µs, and most visitors share a few hundred browsers. */
const CACHE_SIZE = 500;

const DEVICES: ReadonlySet<string> = new Set(['desktop', 'mobile', 'tablet', 'tv']);
const UNKNOWN: UserAgentFacts = { browser: null, os: null, device: 'unknown', bot: false };
const NO_HINTS: ClientHints = { brands: '', mobile: '', platform: '' };
/** Names outside these are a stranger's words: whoever makes up a thousand must not fill a dimension with them. */
const BROWSERS: ReadonlySet<string> = new Set(Object.values(Bowser.BROWSER_MAP));
const SYSTEMS: ReadonlySet<string> = new Set(Object.values(Bowser.OS_MAP));

/** Makes a parser that remembers the browsers it met last. What client hints tell goes before the user agent. */
export function createUserAgentParser(): (userAgent: string, hints?: ClientHints) => UserAgentFacts {
  const cache = new Map<string, UserAgentFacts>();
  return (userAgent, hints = NO_HINTS) => {
    const agent = userAgent.slice(0, MAX_LENGTH);
    const brands = hints.brands.slice(0, MAX_LENGTH);
    const mobile = hints.mobile.slice(0, MAX_LENGTH);
    const platform = hints.platform.slice(0, MAX_LENGTH);
    const key = `${agent}\n${brands}\n${mobile}\n${platform}`;
    const known = cache.get(key);
    if (known !== undefined) {
      // A Map iterates in order of insertion: putting it back makes the first entry the least recently used.
      cache.delete(key);
      cache.set(key, known);
      return known;
    }
    const facts = merge(parse(agent), { brands, mobile, platform });
    cache.set(key, facts);
    if (cache.size > CACHE_SIZE) {
      const oldest = cache.keys().next();
      if (!oldest.done) cache.delete(oldest.value);
    }
    return facts;
  };
}

function merge(facts: UserAgentFacts, hints: ClientHints): UserAgentFacts {
  const hinted = readClientHints(hints);
  return {
    browser: hinted.browser ?? facts.browser,
    os: hinted.os ?? facts.os,
    device: hinted.device ?? facts.device,
    bot: facts.bot,
  };
}

function parse(userAgent: string): UserAgentFacts {
  // bowser throws on an empty one.
  if (userAgent.trim() === '') return UNKNOWN;
  const { browser, os, platform } = Bowser.parse(userAgent);
  return {
    browser: browser.name !== undefined && BROWSERS.has(browser.name) ? browser.name : null,
    os: os.name !== undefined && SYSTEMS.has(os.name) ? os.name : null,
    device: isDevice(platform.type) ? platform.type : 'unknown',
    bot: isbot(userAgent),
  };
}

function isDevice(type: string | undefined): type is DeviceKind {
  return type !== undefined && DEVICES.has(type);
}
