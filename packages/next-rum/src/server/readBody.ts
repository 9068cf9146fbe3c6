import { promisify } from 'node:util';
import { brotliDecompress, gunzip } from 'node:zlib';
import type { BatchRejection } from '@rumkit/react-rum/protocol';

/** What a body may be. */
export interface BodyLimits {
  /** Largest body as it arrives, in bytes. */
  readonly wireBytes: number;
  /** Largest body after decompression, in bytes. */
  readonly inflatedBytes: number;
  /** Accepted media types, lower case, without parameters. */
  readonly mediaTypes: readonly string[];
  /** How long the body may take to arrive, in ms. */
  readonly timeoutMs: number;
}

export type Body = { readonly ok: true; readonly text: string } | BodyRefusal;
type BodyRefusal = {
  readonly ok: false;
  readonly message: string;
} & (
  | { readonly status: 400; readonly error: Extract<BatchRejection, 'malformed'> }
  | { readonly status: 408; readonly error: Extract<BatchRejection, 'unavailable'> }
  | { readonly status: 413; readonly error: Extract<BatchRejection, 'too_large'> }
  | { readonly status: 415; readonly error: Extract<BatchRejection, 'unsupported_media_type'> }
);

/**
 * Reads a request's body as text, counting its bytes itself: neither `content-length` nor the framework in between is
 * believed, so what is too large is refused before it is held, and what was cut on the way is refused altogether.
 */
export async function readBody(request: Request, limits: BodyLimits): Promise<Body> {
  const { headers } = request;
  const [mediaType = '', ...parameters] = (headers.get('content-type') ?? '').toLowerCase().split(';');
  if (!limits.mediaTypes.includes(mediaType.trim())) {
    return unsupported(`content-type must be ${limits.mediaTypes.join(' or ')}`);
  }
  const charset = parameters.find((parameter) => parameter.trim().startsWith('charset='));
  if (charset !== undefined && !/^charset="?utf-?8"?$/.test(charset.trim())) {
    return unsupported('charset must be utf-8');
  }
  const encoding = (headers.get('content-encoding') ?? 'identity').trim().toLowerCase();
  const inflate = INFLATE.get(encoding);
  if (inflate === undefined) return unsupported('content-encoding must be identity, gzip or br');

  const declared = headers.get('content-length');
  if (declared !== null && !/^\d{1,15}$/.test(declared)) return malformed('content-length is not a number');
  if (declared !== null && Number(declared) > limits.wireBytes) return tooLarge(limits.wireBytes, 'body');

  const wire = await readWire(request, limits.wireBytes, limits.timeoutMs);
  if (!(wire instanceof Uint8Array)) return wire;
  if (declared !== null && Number(declared) !== wire.byteLength) {
    return malformed(`the body has ${wire.byteLength} bytes where content-length says ${declared}`);
  }
  const inflated = await inflate(wire, limits.inflatedBytes);
  if (!(inflated instanceof Uint8Array)) return inflated;
  try {
    return { ok: true, text: utf8.decode(inflated) };
  } catch {
    // The decoder's only error: the answer says what it means.
    return malformed('the body is not valid UTF-8');
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Pieces of a body that are kept apart. */
const MAX_CHUNKS = 256;

async function readWire(
  request: Request,
  limit: number,
  timeoutMs: number,
): Promise<Uint8Array | BodyRefusal> {
  const reader = request.body?.getReader();
  if (reader === undefined) return new Uint8Array();
  let chunks: Uint8Array[] = [];
  let size = 0;
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    // Ends the read under way.
    reader.cancel().catch(() => undefined);
  }, timeoutMs);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.byteLength;
      if (size > limit) {
        // Not awaited: the sender may never finish, and the answer does not depend on it.
        reader.cancel().catch(() => undefined);
        return tooLarge(limit, 'body');
      }
      chunks.push(value);
      // A chunk of one byte takes as much memory besides as a hundred, and the sender decides how large they are.
      if (chunks.length >= MAX_CHUNKS) chunks = [Buffer.concat(chunks, size)];
    }
  } catch {
    // A stream errors when its connection breaks: the rest of the body will not come.
    return malformed('the body was cut off');
  } finally {
    clearTimeout(timer);
  }
  if (late) {
    const message = `the body did not arrive within ${timeoutMs} ms`;
    return { ok: false, status: 408, error: 'unavailable', message };
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, size);
}

type Inflate = (
  wire: Uint8Array,
  limit: number,
) => Uint8Array | BodyRefusal | Promise<Uint8Array | BodyRefusal>;

const INFLATE: ReadonlyMap<string, Inflate> = new Map<string, Inflate>([
  ['identity', (wire) => wire],
  ['gzip', inflateWith(promisify<Uint8Array, { maxOutputLength: number }, Uint8Array>(gunzip))],
  ['br', inflateWith(promisify<Uint8Array, { maxOutputLength: number }, Uint8Array>(brotliDecompress))],
]);

/** zlib works through the input in steps and stops at the first one that passes `maxOutputLength`: a bomb never unfolds. */
function inflateWith(
  inflate: (wire: Uint8Array, options: { maxOutputLength: number }) => Promise<Uint8Array>,
): Inflate {
  return async (wire, limit) => {
    try {
      return await inTurn(() => inflate(wire, { maxOutputLength: limit }));
    } catch (error) {
      return error instanceof RangeError
        ? tooLarge(limit, 'decompressed body')
        : malformed('the body cannot be decompressed');
    }
  };
}

/** Bodies unfolded at once. Each takes up to 17 MiB while it is, most of it brotli's window; Node has four threads for it. */
const MAX_INFLATING = 4;
let inflating = 0;
const waiting: (() => void)[] = [];

/** A thousand small bombs at once would otherwise be as bad as a large one. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (inflating < MAX_INFLATING) inflating += 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) inflating -= 1;
    else next();
  }
}

function malformed(message: string): BodyRefusal {
  return { ok: false, status: 400, error: 'malformed', message };
}
function tooLarge(limit: number, what: string): BodyRefusal {
  return { ok: false, status: 413, error: 'too_large', message: `the ${what} exceeds ${limit} bytes` };
}
function unsupported(message: string): BodyRefusal {
  return { ok: false, status: 415, error: 'unsupported_media_type', message };
}
