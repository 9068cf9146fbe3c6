const REMINDER_MS = 30_000;

/**
 * Runs one step and shows that it runs, that it ended, and how long it took. A step that takes long says so every
 * 30 s, so that a log without a terminal does not look stuck.
 *
 * @template T
 * @param {string} name
 * @param {(log: (line: string) => void) => Promise<T>} work `log` shows a line below the step's name.
 * @param {(line: string) => void} [print]
 * @returns {Promise<T>}
 */
export async function step(name, work, print = (line) => console.log(line)) {
  const started = performance.now();
  const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  print(`▸ ${name}`);
  const reminder = setInterval(() => print(`  … ${name}, ${seconds()}`), REMINDER_MS);
  try {
    const result = await work((line) => print(`  ${line}`));
    print(`✓ ${name} (${seconds()})`);
    return result;
  } catch (error) {
    print(`✗ ${name} (${seconds()})`);
    throw error;
  } finally {
    clearInterval(reminder);
  }
}
