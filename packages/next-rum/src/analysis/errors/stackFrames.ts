/** One call of a stack, without what another build, browser or visitor would have otherwise. */
export interface StackFrame {
  /** Last part of its name; empty where it has none, one that a minifier made up, or is not the app's. */
  readonly function: string;
  /** Path without origin, hashes and position; empty for a document or code made at run time, and where it is not the app's. */
  readonly file: string;
  /** False for the code of frameworks, packages, browsers and extensions. */
  readonly inApp: boolean;
}

/** Longest part of a stack that is read, in UTF-16 code units; the frames that matter are at its top. */
const MAX_TEXT = 4000;
/** Longest line that is taken for a frame. */
const MAX_LINE = 1000;

/** `at name (file:1:2)` and `at file:1:2`. */
const V8_FRAME = /^\s*at (?:(.*) \((.*)\)|(.*))$/;
/** A line that is such a frame. */
const V8_LINE = /^[ \t]*at .*(?::\d+\)?|\((?:<anonymous>|native)\))$/m;
/** `name@file:1:2`, as SpiderMonkey and JavaScriptCore write it. */
const OTHER_FRAME = /^([^@]*)@(.*)$/;
const POSITION = /(?::\d+){1,2}$/;

/**
 * The calls of a stack as V8, SpiderMonkey or JavaScriptCore writes it, the innermost first, up to where it waited for something:
 * what comes after that only some engines tell.
 */
export function* stackFrames(stack: string): Generator<StackFrame, void> {
  const text = stack.slice(0, MAX_TEXT);
  // V8 begins with the message, which may look like a frame of the others.
  const read = V8_LINE.test(text) ? readV8 : readOther;
  for (let begins = 0; begins < text.length; ) {
    const end = text.indexOf('\n', begins);
    const line = text.slice(begins, end === -1 ? text.length : end);
    begins += line.length + 1;
    const frame = line.length > MAX_LINE ? null : read(line);
    if (frame === WAITED) return;
    if (frame !== null) yield frame;
  }
}

/** Where it waited for something. */
const WAITED = Symbol('waited');

/** Lines are remembered: errors come from few places, and again and again. */
const readV8 = remembering((line) => toFrame(v8Frame(line)));
const readOther = remembering((line) => toFrame(otherFrame(line)));
const MAX_REMEMBERED = 1000;

function remembering<Read>(read: (line: string) => Read): (line: string) => Read {
  const known = new Map<string, Read>();
  return (line) => {
    const before = known.get(line);
    if (before !== undefined) return before;
    const now = read(line);
    if (known.size === MAX_REMEMBERED) known.clear();
    known.set(line, now);
    return now;
  };
}

function toFrame(frame: RawFrame | null): StackFrame | typeof WAITED | null {
  if (frame === null) return null;
  if (frame.name.startsWith('async ') || /^[\w ]*\*/.test(frame.name)) return WAITED;
  const inApp = isInApp(frame.place);
  return {
    function: inApp ? functionName(frame.name) : '',
    file: inApp ? fileName(frame.place) : '',
    inApp,
  };
}

interface RawFrame {
  readonly name: string;
  readonly place: string;
}

function v8Frame(line: string): RawFrame | null {
  const match = V8_FRAME.exec(line);
  if (match === null) return null;
  const [, name = '', place, bare = ''] = match;
  if (place !== undefined) return { name, place };
  return bare.startsWith('async ') ? { name: bare, place: '' } : { name: '', place: bare };
}

function otherFrame(line: string): RawFrame | null {
  const match = OTHER_FRAME.exec(line);
  if (match === null) return null;
  const [, name = '', place = ''] = match;
  return POSITION.test(place) || place === '[native code]' ? { name, place } : null;
}

/**
 * Engines differ in how they call the same function: `Cart.pay`, `new pay`, `pay/<`, `pay [as onClick]`. What has one letter or
 * two was named by a minifier, and anew by each build.
 */
function functionName(name: string): string {
  const last = name
    .replace(/ \[as .*\]$/, '')
    .replace(/[/<]+$/, '')
    .replace(/^(?:new|get|set|static) /, '')
    .split(/[./]/)
    .at(-1);
  return last === undefined || last.length < 3 || !/^[\p{ID_Start}$_#][\p{ID_Continue}$#]*$/u.test(last)
    ? ''
    : NAMELESS.has(last)
      ? ''
      : last;
}

/** What engines call a function without a name. */
const NAMELESS: ReadonlySet<string> = new Set(['anonymous', 'eval', 'Object', 'Module', 'default']);

function fileName(place: string): string {
  const path = pathOf(place);
  if (!/\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/.test(path)) return '';
  return path.split('/').map(withoutHashes).join('/');
}

function pathOf(place: string): string {
  const path = place
    .replace(POSITION, '')
    .replace(/[?#].*$/, '')
    .replace(/^[a-z][a-z+.-]*:\/\/[^/]*\/*/i, '')
    .replace(/^\([^)]*\)\//, '')
    .replace(/^(?:\.\/)+/, '')
    .replace(/^.*_next\/(?:static\/)?(?:chunks\/)?/, '');
  return decoded(path);
}

/** `page-1a2b3c4d5e6f7a8b.js` is `page-*.js`. */
function withoutHashes(segment: string): string {
  return segment
    .replace(/-[\w-]{8}(?=\.\w+$)/, (hash) => (isMixed(hash) ? '-*' : hash))
    .replace(/[0-9A-Za-z]+/g, (token) => (isHash(token) ? '*' : token))
    .replace(/\*(?:[-._~]?\*)+/g, '*');
}

function isHash(token: string): boolean {
  return /^\d+$/.test(token) || /^[0-9a-f]{8,}$/i.test(token) || (token.length >= 5 && isMixed(token));
}

/** Letters and digits by turns, as no word has them. */
function isMixed(token: string): boolean {
  return /[a-z]\d+[a-z]|\d[a-z]+\d/i.test(token);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return path;
    throw error;
  }
}

const FOREIGN = /node_modules|(?:^|[/_])next[/_]dist[/_]|react-dom|-extension:\/\//;
const RUNTIME =
  /^(?:webpack|framework|main|main-app|polyfills|react-refresh|turbopack|_?rsc|react)[-._*~][^/]*$/;

function isInApp(place: string): boolean {
  if (/^(?:\[native code\]|native|<anonymous>|index \d+|)$/.test(place)) return false;
  if (/^(?:node|resource|chrome|about|rsc):/.test(place) || FOREIGN.test(place)) return false;
  return !RUNTIME.test(pathOf(place));
}
