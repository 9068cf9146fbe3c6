import type { BatchUser, LossReason, Properties, TimingKind } from '../protocol/index.js';
import { EARLY_CALLS } from './limits.js';
import type { Consent, RumHooks } from './options.js';

/** The running agent. */
export interface RumAgent {
  /** Sends what waits; resolves once it was answered or must wait for another try. Never rejects. */
  flush(): Promise<void>;
  /** Sends what waits and ends recording. */
  stop(): void;
  /** Id of the session now. */
  sessionId(): string;
  /** Id of the view now shown. Null where nothing is recorded, such as on an ignored path or without consent. */
  viewId(): string | null;
}

/** What the page may tell a running agent; what it does not record it lacks. `at` is when, epoch ms. */
export interface Recorder {
  lose(reason: LossReason): void;
  custom(at: number, name: string, properties?: Properties): void;
  error?(at: number, error: unknown, details?: ErrorDetails): void;
  timing?(at: number, timing: Timing): void;
  flag?(at: number, name: string, variant: string): void;
  viewContext?(at: number, attributes: Properties): void;
}

/** What an error alone does not tell. */
export interface ErrorDetails {
  /** Default `reported`. */
  readonly source?: 'reported' | 'react';
  /** React's component stack, as an error boundary is given it. */
  readonly componentStack?: string | null | undefined;
}

/** A duration to record. */
export interface Timing {
  readonly name: string;
  /** ms */
  readonly duration: number;
  /** Default `custom`. */
  readonly kind?: TimingKind;
  readonly properties?: Properties | undefined;
}

/** What all copies of this module in one page share. */
export interface Registry {
  agent: RumAgent | null;
  /** Null while nothing is recorded. */
  recorder: Recorder | null;
  /** What was told before there was a recorder. */
  readonly early: ((recorder: Recorder) => void)[];
  hooks: RumHooks;
  consent?: Consent;
  readonly consentListeners: Set<() => void>;
  /** Told before a view ends and when the page may be going, so that what was summed up is recorded of that view. */
  leaving?: Set<() => void>;
  attributes?: Properties | undefined;
  user?: BatchUser | undefined;
  /** `performance.now()` by name. */
  timings?: Map<string, number>;
}

const KEY = Symbol.for('rumkit.agent');

/** On `globalThis`, because a page may bundle this module more than once: each copy finds the one agent. */
export function registry(): Registry {
  const holder = globalThis as { [KEY]?: Registry };
  const page = holder[KEY] ?? {
    agent: null,
    recorder: null,
    early: [],
    hooks: {},
    consentListeners: new Set(),
  };
  holder[KEY] = page;
  return page;
}

/** False during server rendering and where the visitor sends Global Privacy Control: then nothing is recorded at all. */
export function mayRecord(): boolean {
  return (
    typeof window !== 'undefined' &&
    !(navigator as Navigator & { globalPrivacyControl?: boolean }).globalPrivacyControl
  );
}

/** Tells the agent, or keeps it for an agent that is still to start. */
export function tell(run: (recorder: Recorder, at: number) => void): void {
  const { recorder, early, consent } = registry();
  if (!mayRecord() || consent === 'denied') return;
  const at = Date.now();
  const play = (later: Recorder): void => {
    try {
      run(later, at);
    } catch {
      // What the page gave throws when it is read.
      later.lose('serialize');
    }
  };
  if (recorder) play(recorder);
  else if (early.length < EARLY_CALLS) early.push(play);
}
