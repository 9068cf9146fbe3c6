/** Compresses a request body; undefined where the browser cannot. */
export async function gzip(text: string): Promise<Blob | undefined> {
  try {
    return await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).blob();
  } catch {
    // No such stream, or a page that broke one of these: then it goes as it is.
    return undefined;
  }
}
