import { afterEach, beforeEach } from 'vitest';
import { type RumAgent, type RumAgentOptions, startRum } from '../browser/index.js';
import { registry } from '../browser/registry.js';
import { setPageVisible } from './pageVisibility.js';
import { type RecordedBatches, recordBatches } from './recordedBatches.js';

/** The page of a test, with at most one agent. */
export interface AgentPage {
  /** What arrived in this test. */
  readonly sent: RecordedBatches;
  /** @param now Clock, epoch ms. Default the real one. */
  start(options?: RumAgentOptions, now?: () => number): RumAgent;
}

/** Gives each test of a file a page at `/` that nothing was told to yet, and stops its agent afterwards. */
export function agentPage(): AgentPage {
  let sent: RecordedBatches;
  beforeEach(() => {
    sent = recordBatches();
    history.replaceState(null, '', '/');
  });
  afterEach(() => {
    registry().agent?.stop();
    Reflect.deleteProperty(globalThis, Symbol.for('rumkit.agent'));
    setPageVisible(true);
    document.body.replaceChildren();
    localStorage.clear();
  });
  return {
    get sent() {
      return sent;
    },
    start: (options = {}, now) => {
      const agent = startRum(options, { fetch: sent.fetch, ...(now && { now }) });
      if (!agent) throw new Error('No agent was started.');
      return agent;
    },
  };
}
