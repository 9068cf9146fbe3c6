import { LEAST_COMPRESSED } from '../limits.js';

/** Compresses a request body; undefined where the browser cannot or it is not worth it. */
export async function gzip(text: string): Promise<Blob | undefined> {
  if (text.length < LEAST_COMPRESSED) return undefined;
  try {
    return await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).blob();
  } catch {
    // No such stream, or a page that broke one of these: then it goes as it is.
    return undefined;
  }
}
