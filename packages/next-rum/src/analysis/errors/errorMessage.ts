/** Longest first line of a message that is looked at, in UTF-16 code units. */
const MAX_LENGTH = 500;

/** Stands for what was taken out. */
const GAP = '…';

/** What differs from one time to the next, from the most particular on, and what a text without any of it mostly lacks. */
const VARYING: readonly (readonly [what: RegExp, sign: string])[] = [
  // Mail addresses.
  [/\b[\w.+-]+@[\w-]+\.[\w.-]+/g, '@'],
  // File names of chunks.
  [/(?<![\w/])\/?[\w@.~%-]*\/[\w@.~%/-]+\.(?:[cm]?js|css)\b/g, '/'],
  // UUIDs, times, hexadecimal numbers.
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '-'],
  [/\b\d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?/g, '-'],
  [/\b0x[0-9a-f]+\b/gi, '0'],
  [/\b(?:[0-9a-f]{8,}|(?=[a-f]*\d)[0-9a-f]{6,})\b/gi, ''],
  // Ids with letters and digits by turns, such as those of Stripe or nanoid.
  [/[\w-]*(?:[a-z]\d+[a-z]|\d[a-z]+\d)[\w-]*/gi, ''],
  [/[-+]?\d+(?:[.,:/]\d+)*/g, ''],
];

/** Up to a space, since it may hold any mark that ends a quotation. */
const URL_IN_TEXT = /\b[a-z][a-z0-9+.-]*:\/\/[^\s"<>]+/gi;

/** `"…"`, `“…”`, `` `…` ``, and `'…'` where the marks are no apostrophes. */
const QUOTED = /"[^"]*"|“[^”]*”|«[^»]*»|`[^`]*`|‘[^’]*’|(?<!\w)'[^']*'(?!\w)/g;

/** Its number is all that a build of React says of an error, https://react.dev/errors. */
const REACT_ERROR = /Minified React error #(\d+)/;

/** In each message that {@link KNOWN} tells of; most have none of these, and need not be asked one by one. */
const MAYBE_KNOWN =
  /Minified React|propert|is (?:undefined|null|not an object|not a function|not defined)|find variable|fetch|Load failed/;

/** What each engine says in its own words: the same kind of message for all of them. */
const KNOWN: readonly (readonly [what: RegExp, kind: (match: RegExpExecArray) => string])[] = [
  [
    REACT_ERROR,
    ([, number = '']) => `React error ${number.replace(/\d/g, (digit) => LETTERS[Number(digit)] ?? '')}`,
  ],
  [/^Cannot (?:read|set) propert(?:y|ies)\b.* of (?:undefined|null)\b/, () => 'property of nothing'],
  [/^can't (?:access|assign to|define) property\b.* is (?:undefined|null)\b/, () => 'property of nothing'],
  [/^(?:undefined|null) is not an object\b/, () => 'property of nothing'],
  [/^[\w.$[\]()]+ is (?:undefined|null)$/, () => 'property of nothing'],
  [/^(?:.*[.\s])?(\S+) is not a function(?:\.|$)/, ([, name = '']) => `${longName(name)} is not a function`],
  [/^(\S+) is not defined$/, ([, name = '']) => `${longName(name)} is not there`],
  [/^Can't find variable: (\S+)$/, ([, name = '']) => `${longName(name)} is not there`],
  [
    /^(?:Failed to fetch|NetworkError when attempting to fetch resource|Load failed)\b/,
    () => 'request without an answer',
  ],
];

/** Digits are taken out, and these are not. */
const LETTERS = 'abcdefghij';

/** Of a name in code; what a minifier named says nothing. */
function longName(name: string): string {
  return name.length < 3 || !/^[\w$]+$/.test(name) ? GAP : name;
}

/**
 * A message without what varies: the same text for every time that the same thing went wrong, and in all engines where they only
 * word it differently.
 */
export function messageKey(message: string): string {
  const line = firstLine(message);
  for (const [what, kind] of MAYBE_KNOWN.test(line) ? KNOWN : []) {
    const match = what.exec(line);
    if (match !== null) return withoutVarying(kind(match));
  }
  return withoutVarying(withoutUrls(line).replace(QUOTED, GAP));
}

/** A message to be read: numbers, ids and addresses are left out, and what is quoted as far as it is no name. */
export function messageTitle(message: string): string {
  const line = firstLine(message);
  const [known] = REACT_ERROR.exec(line) ?? [];
  if (known !== undefined) return known;
  const quotes = withoutUrls(line).replace(QUOTED, (quoted) =>
    /^.[\p{L}$_][\p{L}$_.-]{0,39}.$/u.test(quoted) ? quoted : `${quoted.at(0)}${GAP}${quoted.at(-1)}`,
  );
  return withoutVarying(quotes);
}

function firstLine(message: string): string {
  const [line = ''] = message
    .trimStart()
    .slice(0, MAX_LENGTH)
    .split(/[\r\n]/, 1);
  return line.trim().replace(/\s+/g, ' ');
}

function withoutUrls(line: string): string {
  return line.includes('://') ? line.replace(URL_IN_TEXT, GAP) : line;
}

function withoutVarying(text: string): string {
  return VARYING.reduce((rest, [what, sign]) => (rest.includes(sign) ? rest.replace(what, GAP) : rest), text);
}
