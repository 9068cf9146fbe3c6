// Licences that a user of an MIT project can take in unread. The last row is weak copyleft and attribution: fine for
// what is used as published and not copied into the packages' own files.
const LICENCES = new Set([
  ...['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'Zlib', 'BlueOak-1.0.0'],
  ...['Unlicense', 'CC0-1.0'],
  ...['MPL-2.0', 'LGPL-3.0-or-later', 'EPL-2.0', 'CC-BY-4.0'],
]);

// These state their licence (MIT, Unlicense) in a file and not in package.json.
const STATED_ELSEWHERE = new Set(['seq-queue', 'stackframe']);

// Install scripts never run here (.npmrc), so a package that has one must do without it.
const DO_WITHOUT_INSTALL_SCRIPT = new Map([
  [
    'esbuild',
    'its program comes in an optional package of its own; the script only makes starting it faster',
  ],
  ['core-js', 'only prints a request for donations'],
  ['prisma', 'only warns of an unsupported Node.js'],
  ['@prisma/engines', 'downloads an engine that `prisma generate` does not run'],
]);

/**
 * @typedef {{ link?: boolean, resolved?: string, integrity?: string, license?: string, hasInstallScript?: boolean,
 *   optional?: boolean, os?: string[], optionalDependencies?: Record<string, string> }} LockEntry
 */

/**
 * What in a package-lock.json would keep `npm ci` from working everywhere, or a company from using the result.
 *
 * @param {{ packages: Record<string, LockEntry> }} lock
 * @returns {string[]} One line a problem.
 */
export function lockProblems(lock) {
  return [...entriesProblems(lock), ...missingPlatforms(lock)];
}

function entriesProblems(lock) {
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path.includes('node_modules/') && !entry.link)
    .flatMap(([path, entry]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return [...entryProblems(name, entry)].map((problem) => `${path}: ${problem}`);
    });
}

/** npm leaves out what a registry's mirror does not carry; `npm ci` then fails for everybody. */
function missingPlatforms({ packages }) {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`])
      .map((name) => `${path}: its optional ${name} is missing; put the entry back, or npm ci fails`),
  );
}

function* entryProblems(name, { resolved, integrity, license, hasInstallScript, optional, os }) {
  if (resolved)
    yield `names where it was downloaded (${resolved}); run npm install with the project's .npmrc`;
  // A platform's own part that no mirror at hand carries could not be read for its checksum.
  if (!integrity && !(optional && os)) yield 'has no checksum; it does not come from a registry';
  if (hasInstallScript && !DO_WITHOUT_INSTALL_SCRIPT.has(name)) {
    yield 'has an install script, which never runs here; see that it works without, then say why in lockProblems.mjs';
  }
  if (!STATED_ELSEWHERE.has(name) && !isAllowed(license ?? '')) {
    yield `licence ${license ?? '(none)'} is not on the list in lockProblems.mjs`;
  }
}

/** An expression such as `(MIT AND Zlib)`: of alternatives one must be on the list, of a conjunction all. */
function isAllowed(expression) {
  const bare = expression.replace(/[()]/g, '');
  return bare
    .split(/ or /i)
    .some((choice) => choice.split(/ and /i).every((name) => LICENCES.has(name.trim())));
}
