import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build, type PluginBuild } from 'esbuild';

/** Bytes of a bundle: minified, and that compressed. */
export interface BundleSize {
  readonly min: number;
  readonly gzip: number;
  readonly brotli: number;
}

const directory = fileURLToPath(new URL('../src/', import.meta.url));

/**
 * Bundles code the way an application's bundler does (esbuild, minified, es2020, React external) and measures what a page
 * loads first. What is imported on demand is a file of its own and is not in it.
 *
 * @param code A module; its imports are relative to `src/`.
 */
export async function measureBundle(code: string): Promise<BundleSize> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: directory, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2020',
    external: ['react', 'react/jsx-runtime'],
    legalComments: 'none',
    write: false,
    plugins: [{ name: 'on-demand', setup: leaveOutOnDemand }],
  });
  const bytes = outputFiles[0]?.contents ?? new Uint8Array();
  return {
    min: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes).length,
  };
}

function leaveOutOnDemand({ onResolve }: PluginBuild): void {
  onResolve({ filter: /.*/ }, ({ kind }) => (kind === 'dynamic-import' ? { external: true } : undefined));
}
