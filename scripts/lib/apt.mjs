import { run } from './run.mjs';

/**
 * Installs a Debian package where this user may: as root, or through sudo that asks for no password.
 *
 * @param {string} name
 * @param {(line: string) => void} log
 * @returns {Promise<string | null>} Null on success, else why it could not be had.
 */
export async function aptInstall(name, log) {
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (asRoot.length > 0 && (await run('sudo', ['-n', 'true'])).code !== 0) {
    return 'not root, and sudo asks for a password';
  }
  const aptGet = (...args) => {
    const [command, ...rest] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    return run(command, rest);
  };
  if ((await run('apt-get', ['--version'])).code !== 0) return 'this system has no apt-get';
  log(`installing the Debian package ${name}`);
  await aptGet('-q', 'update');
  const { code, output } = await aptGet('-qy', 'install', '--no-install-recommends', name);
  return code === 0 ? null : `apt-get install ${name} failed: ${output.trim().split('\n').at(-1)}`;
}
