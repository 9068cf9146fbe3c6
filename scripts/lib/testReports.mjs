import { readFile } from 'node:fs/promises';

/**
 * Counts what a Vitest run did from its JSON report. A test that was skipped did not run, so it counts as failed; so
 * does a run that ended badly without naming a test.
 *
 * @param {number} code exit code of the run
 * @param {string} output what it printed
 * @param {string} path the report
 */
export async function vitestCounts(code, output, path) {
  const report = await readReport(path);
  const passed = report?.numPassedTests ?? 0;
  const notRun = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
  return counts(code, output, { passed, failed: (report?.numFailedTests ?? 0) + notRun, notRun });
}

/** The same for a Playwright run. A test that passed only when it was tried again counts as failed. */
export async function playwrightCounts(code, output, path) {
  const stats = (await readReport(path))?.stats;
  const notRun = stats?.skipped ?? 0;
  const failed = (stats?.unexpected ?? 0) + (stats?.flaky ?? 0) + notRun;
  return counts(code, output, { passed: stats?.expected ?? 0, failed, notRun });
}

function counts(code, output, { passed, failed, notRun }) {
  const nothing = passed + failed === 0 ? '\nNo test was found.' : '';
  const skipped = notRun > 0 ? `\n${notRun} skipped, which counts as failed.` : '';
  const unnamed = (code !== 0 || nothing) && failed === 0 ? 1 : 0;
  return { passed, failed: failed + unnamed, details: `${output}${skipped}${nothing}` };
}

async function readReport(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    // No report, or half of one: the run broke down, which its exit code and its output tell.
    return null;
  }
}
