import { readFile } from 'node:fs/promises';
import { dirname, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build, type Plugin, type PluginBuild } from 'esbuild';

/** Bytes of a bundle: minified, and that compressed. */
export interface BundleSize {
  readonly min: number;
  readonly gzip: number;
  readonly brotli: number;
}

/** Modules to take others for: their paths below `dist/`, and the code instead. */
export interface Replacements {
  readonly [path: string]: string;
}

const directory = fileURLToPath(new URL('../dist/', import.meta.url));

/**
 * Bundles code the way an application's bundler does (esbuild, minified, es2020, React external) and measures what a page
 * loads first. What is imported on demand is a file of its own and is not in it.
 *
 * @param code A module; its imports are relative to `dist/`: the agent as it is published.
 * @throws Where a replaced module is not in the bundle: it was renamed, and nothing would have been replaced.
 */
export async function measureBundle(code: string, replacements: Replacements = {}): Promise<BundleSize> {
  const replaced = new Set<string>();
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: directory, loader: 'js' },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2020',
    external: ['react', 'react/jsx-runtime'],
    legalComments: 'none',
    write: false,
    plugins: [{ name: 'on-demand', setup: leaveOutOnDemand }, replaceModules(replacements, replaced)],
  });
  const missed = Object.keys(replacements).filter((path) => !replaced.has(path));
  if (missed.length > 0) throw new Error(`not in the bundle, so not replaced: ${missed.join(', ')}`);
  return sizeOf(outputFiles[0]?.contents ?? new Uint8Array());
}

/** The script-tag build as it is published: a page loads it as it is. */
export async function measureScript(): Promise<BundleSize> {
  return sizeOf(await readFile(new URL('../dist/script.js', import.meta.url)));
}

function sizeOf(bytes: Uint8Array): BundleSize {
  return {
    min: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes).length,
  };
}

function leaveOutOnDemand({ onResolve }: PluginBuild): void {
  onResolve({ filter: /.*/ }, ({ kind }) => (kind === 'dynamic-import' ? { external: true } : undefined));
}

/** @param replaced Takes the paths of those that were met. */
function replaceModules(replacements: Replacements, replaced: Set<string>): Plugin {
  return {
    name: 'replaced',
    setup({ onLoad }) {
      onLoad({ filter: /\.js$/ }, ({ path }) => {
        const name = relative(directory, path).split(sep).join('/');
        const contents = replacements[name];
        if (contents === undefined) return undefined;
        replaced.add(name);
        return { contents, loader: 'js', resolveDir: dirname(path) };
      });
    },
  };
}
