import { type ErrorDetails, registry, type Timing } from '../browser/registry.js';

/** What the page told a recorder that stands where the agent's does. */
export interface RecordedCalls {
  readonly timings: readonly Timing[];
  readonly errors: readonly { readonly error: unknown; readonly details: ErrorDetails | undefined }[];
}

/** Takes the place of a running agent; {@link forgetRecorder} gives it back. */
export function recordCalls(): RecordedCalls {
  const timings: Timing[] = [];
  const errors: RecordedCalls['errors'][number][] = [];
  registry().recorder = {
    lose: () => {},
    custom: () => {},
    error: (_at, error, details) => errors.push({ error, details }),
    timing: (_at, timing) => timings.push(timing),
    flag: () => {},
    viewContext: () => {},
  };
  return { timings, errors };
}

export function forgetRecorder(): void {
  const page = registry();
  page.recorder = null;
  page.early.length = 0;
  delete page.consent;
}

/** What the agent does before a view ends and when the page may be going. */
export function leaveView(): void {
  for (const tell of registry().leaving ?? []) tell();
}
