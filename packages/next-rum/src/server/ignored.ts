import { BlockList, isIP } from 'node:net';
import type { RumStore } from '../store/store.js';
import type { IgnoredRules } from './api.js';
import { type Log, reasonOf } from './log.js';
import type { ParsedBatch } from './parseBatch.js';
import { storeFailure } from './storeFailure.js';

/** Id of the setting that holds the rules. */
export const IGNORED = 'ignored';
/** Most addresses, and most paths. */
export const MAX_RULES = 200;

const NONE: IgnoredRules = { addresses: [], paths: [] };

/** What is wrong with rules; null where nothing is. */
export function checkRules({
  addresses,
  paths,
}: IgnoredRules): { readonly field: keyof IgnoredRules; readonly message: string } | null {
  const address = addresses.find((text) => networkIn(text) === null);
  if (address !== undefined) {
    const message = `“${address}” is no IP address and no network such as 203.0.113.0/24 or 2001:db8::/32`;
    return { field: 'addresses', message };
  }
  const path = paths.find((text) => !/^\/[^\s*?#\p{Surrogate}\0]*\*?$/u.test(text));
  return path === undefined
    ? null
    : { field: 'paths', message: `“${path}” is no path such as /health or /internal/*` };
}

/** Reads what is kept of the rules. */
export function parseRules(body: string | undefined): IgnoredRules {
  return body === undefined ? NONE : (JSON.parse(body) as IgnoredRules);
}

interface Network {
  readonly address: string;
  readonly prefix: number;
  readonly family: 'ipv4' | 'ipv6';
}

function networkIn(text: string): Network | null {
  const [address = '', prefix, ...rest] = text.split('/');
  const version = isIP(address);
  // A zone belongs to a machine, not to an address: https://www.rfc-editor.org/rfc/rfc4007#section-11
  if (version === 0 || rest.length > 0 || address.includes('%')) return null;
  const longest = version === 4 ? 32 : 128;
  if (prefix !== undefined && !(/^\d{1,3}$/.test(prefix) && Number(prefix) <= longest)) return null;
  return {
    address,
    prefix: prefix === undefined ? longest : Number(prefix),
    family: version === 4 ? 'ipv4' : 'ipv6',
  };
}

/** Tells what is to be left out. */
interface Ignoring {
  address(address: string): boolean;
  path(path: string): boolean;
}

function compileRules({ addresses, paths }: IgnoredRules): Ignoring {
  const list = new BlockList();
  for (const network of addresses.map(networkIn)) {
    if (network !== null) list.addSubnet(network.address, network.prefix, network.family);
  }
  const exact = new Set(paths.filter((path) => !path.endsWith('*')));
  const prefixes = paths.flatMap((path) => (path.endsWith('*') ? [path.slice(0, -1)] : []));
  return {
    address: (address) => {
      const family = isIP(address);
      return addresses.length > 0 && family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6');
    },
    path: (path) => exact.has(path) || prefixes.some((prefix) => path.startsWith(prefix)),
  };
}

/** ms after which rules are read again beside the batches, and after which a batch waits for them. */
const REFRESH_AFTER = 4000;
const OUTDATED_AFTER = 8000;

/**
 * Gives the rules in force: from memory, and read anew every few seconds, so that a change holds everywhere within 10 s and no batch
 * of a busy collector waits for the database.
 *
 * @returns Takes the present, epoch ms.
 */
export function createIgnored(
  store: RumStore,
  app: string,
  log: Log,
): (now: number) => Promise<Ignoring> | Ignoring {
  let known: { readonly at: number; readonly rules: Ignoring } | null = null;
  let reading: Promise<void> | null = null;
  const read = async (at: number): Promise<void> => {
    const document = await store.savedOne(app, 'setting', IGNORED);
    known = { at, rules: compileRules(parseRules(document?.body)) };
  };
  const refresh = (now: number): Promise<void> => {
    reading ??= read(now).finally(() => {
      reading = null;
    });
    return reading;
  };
  return (now) => {
    const last = known;
    const age = last === null ? Number.POSITIVE_INFINITY : Math.abs(now - last.at);
    if (last !== null && age < REFRESH_AFTER) return last.rules;
    const fresh = refresh(now).catch((error: unknown) => {
      // Without the rules a batch would be stored that is to be left out; with those of a moment ago that is unlikely.
      if (last === null) throw error;
      log('settings_not_read', { code: storeFailure(error), reason: reasonOf(error) });
    });
    if (last !== null && age < OUTDATED_AFTER) return last.rules;
    return fresh.then(() => known?.rules ?? compileRules(NONE));
  };
}

/** Takes out of a batch what is to be left out, and says how much that is. */
export function leaveOut(
  batch: ParsedBatch,
  { address, path }: Ignoring,
  sender: string,
): { readonly batch: ParsedBatch; readonly ignored: number } {
  const { views, events } = batch;
  if (address(sender)) {
    return { batch: { ...batch, views: [], events: [] }, ignored: views.length + events.length };
  }
  const gone = new Set(
    views.flatMap(({ value }) => (path(value.path) || path(value.route) ? [value.id] : [])),
  );
  const keptViews = views.filter(({ value }) => !gone.has(value.id));
  const keptEvents = events.filter(({ value }) => !gone.has(value.viewId) && !path(value.route));
  return {
    batch: { ...batch, views: keptViews, events: keptEvents },
    ignored: views.length - keptViews.length + events.length - keptEvents.length,
  };
}
