const REMINDER_MS = 30_000;

/**
 * Runs one step and shows that it runs, that it ended, and how long it took. A step that takes long says so every
 * 30 s, so that a log without a terminal does not look stuck.
 *
 * @template T
 * @param {string} name
 * @param {(log: (line: string) => void) => Promise<T>} work `log` shows a line below the step's name.
 * @param {(result: T) => { ok: boolean, note?: string }} [judge] Whether what `work` returned is a success.
 * @returns {Promise<T>}
 */
export async function step(name, work, judge = () => ({ ok: true })) {
  const started = performance.now();
  const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  console.log(`▸ ${name}`);
  const reminder = setInterval(() => console.log(`  … ${name}, ${seconds()}`), REMINDER_MS);
  try {
    const result = await work((line) => console.log(`  ${line}`));
    const { ok, note } = judge(result);
    console.log(`${ok ? '✓' : '✗'} ${name}${note ? `: ${note}` : ''} (${seconds()})`);
    return result;
  } catch (error) {
    console.log(`✗ ${name} (${seconds()})`);
    throw error;
  } finally {
    clearInterval(reminder);
  }
}
