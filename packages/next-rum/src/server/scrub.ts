/**
 * Takes personal data out of free text before it is stored: e-mail addresses, card and phone numbers, bearer tokens and
 * JWTs. The agent does the same; this is the second time, because the collector is public.
 *
 * It rather leaves something in than breaks ordinary text (versions, ids, dates, file names). The work is linear in the
 * length of the text: every pattern looks a bounded way ahead.
 */
export function scrub(text: string): string {
  if (!SUSPICIOUS.test(text)) return text;
  const result = text.replace(JWT, '[token]').replace(BEARER, maskBearer).replace(CARD, maskCard);
  return maskAddresses(result.replace(PHONE, '[number]'));
}

/** What every pattern below needs to match at all; most texts have none of it and are done. */
const SUSPICIOUS = /@|%40|\d{3}|bearer|eyJ/i;

/** Three base64url parts, the first a JSON object: `{"` encodes to `eyJ`. RFC 7519. */
const JWT = /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g;
/** RFC 6750. */
const BEARER = /\bbearer\s{1,4}([\w.~+/-]{16,}={0,2})/gi;

function maskBearer(match: string, token: string): string {
  // "Bearer authentication-required" is a sentence; a credential that long has a digit in it.
  return /\d/.test(token) ? '[token]' : match;
}

/** 14 to 19 digits in a row or in the groups that are printed on cards (ISO/IEC 7812). */
const CARD =
  /(?<!\w|\d\.)(?:\d{14,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{2,4}(?:\1\d{1,3})?|\d{4}([ -])\d{6}\2\d{4,5})(?!\w|\.\d)/g;

function maskCard(match: string): string {
  const digits = match.replace(/\D/g, '');
  return /^[2-6]/.test(digits) && passesLuhn(digits) ? '[number]' : match;
}

/** International with a plus, or ten digits in the usual North American groups. Bare runs of digits are ids. */
const PHONE =
  /(?<![\w+])(?:\+\d(?:[ ().-]{0,2}\d){7,14}|\(\d{3}\) ?\d{3}-\d{4}|\d{3}([.-])\d{3}\1\d{4})(?!\w|[.-]\d)/g;

/** The check digit of card numbers, which one in ten random numbers has. ISO/IEC 7812-1, annex B. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let position = 0; position < digits.length; position += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - position) - 48;
    const doubled = position % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Longest domain of an address, RFC 5321 section 4.5.3.1. */
const DOMAIN_LENGTH = 255;
const LOCAL_CHARACTER = /[\p{L}\p{N}._%+'-]/u;
const DOMAIN = /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}/u;
/** `icon@2x.png` and `render@bundle.js` are file names, not addresses. */
const FILE_NAME = /\.(?:avif|css|gif|html?|ico|jpe?g|json|m?[jt]sx?|map|pdf|png|svg|webp)$/i;

/** Walks left and right from every at sign up to its neighbours, instead of trying a match at every character. */
function maskAddresses(text: string): string {
  let result = '';
  let done = 0;
  let floor = 0;
  for (const { 0: at, index } of text.matchAll(/@|%40/g)) {
    const after = index + at.length;
    let start = index;
    while (start > floor && LOCAL_CHARACTER.test(text.charAt(start - 1))) start -= 1;
    const domain = DOMAIN.exec(text.slice(after, after + DOMAIN_LENGTH))?.[0];
    floor = after;
    if (start === index || domain === undefined || FILE_NAME.test(domain)) continue;
    result += `${text.slice(done, start)}[email]`;
    done = after + domain.length;
    floor = done;
  }
  return result + text.slice(done);
}
