import { act, cleanup, type RenderResult, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';
import { AdminRoot, type AdminRootProps } from '../admin/AdminRoot.js';
import type { ComparisonsResponse } from '../server/api.js';
import {
  breakdown,
  causes,
  errorDetail,
  errors,
  health,
  insights,
  live,
  markers,
  NOW,
  overview,
  RANGE,
  retention,
  values,
  vital,
} from './adminAnswers.js';
import { makeTrends } from './makeTrends.js';

/** Where the API is; with a number where a test needs one that no other has asked. */
const ENDPOINT = /\/api\/rum\d*/;

export type Answer = () => Response | Promise<Response>;

/** What the API answers, by path, and what was asked of it: `METHOD /path?query` of every request, in order. */
export interface FakeApi {
  /** Empty answers before each test; a test replaces what it is about. */
  readonly answers: { [path: string]: Answer };
  readonly asked: string[];
}

/** Puts an API with empty answers, an address and a clock in place before each test of a file. */
export function setUpAdmin(): FakeApi {
  const answers: { [path: string]: Answer } = {};
  const asked: string[] = [];
  beforeEach(() => {
    vi.useFakeTimers({ now: NOW });
    completeJsdom();
    window.history.replaceState(null, '', '/admin/rum');
    asked.length = 0;
    for (const path of Object.keys(answers)) delete answers[path];
    Object.assign(answers, {
      '/admin/overview': () => Response.json(overview({})),
      '/admin/breakdown': () => Response.json(breakdown([])),
      '/admin/vital': () => Response.json(vital({})),
      '/admin/causes': () => Response.json(causes({})),
      '/admin/errors': () => Response.json(errors([])),
      '/admin/error': () => Response.json(errorDetail({})),
      '/admin/values': () => Response.json(values([])),
      '/admin/retention': () => Response.json(retention({})),
      '/admin/live': () => Response.json(live([])),
      '/admin/alerts': () =>
        Response.json({
          notifiers: [],
          rules: [],
          judgedUntil: null,
          timeZone: 'UTC',
          notices: [],
          truncated: false,
        }),
      '/admin/insights': () => Response.json(insights([])),
      '/admin/comparisons': () =>
        Response.json({ range: RANGE, madeAt: RANGE.to, changes: [] } satisfies ComparisonsResponse),
      '/admin/trends': () => Response.json(makeTrends([])),
      '/admin/markers': () => Response.json(markers({})),
      '/admin/saved-views': () => Response.json({ views: [] }),
      '/admin/boards': () => Response.json({ boards: [] }),
      '/admin/shares': () => Response.json({ shares: [] }),
      '/admin/changes': () => Response.json({ changes: [], truncated: false }),
      '/health': () => Response.json(health()),
    });
    vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
      asked.push(`${init?.method ?? 'GET'} ${url.replace(ENDPOINT, '')}`);
      const answer = answers[new URL(url, 'http://app').pathname.replace(ENDPOINT, '')];
      if (answer === undefined) throw new Error(`nothing answers ${url}`);
      return answer();
    });
  });
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
  });
  return { answers, asked };
}

/** Renders the admin and lets its first answers come. */
export async function open(props: Partial<AdminRootProps> = {}): Promise<RenderResult> {
  const rendered = render(
    <AdminRoot
      access="open"
      viewerRole="admin"
      endpoint="/api/rum"
      title="RUM"
      passwordSignIn
      initialPath={window.location.pathname}
      initialSearch={window.location.search}
      depth={window.location.pathname.split('/').length - 3}
      {...props}
    />,
  );
  await settle();
  await arrived();
  return rendered;
}

/** Lets the code of a page come that is only loaded once it is gone to. */
export async function arrived(): Promise<void> {
  const isComing = (): boolean => document.querySelector('main > [aria-busy] h1') !== null;
  for (let tries = 0; tries < 500 && isComing(); tries++) {
    await new Promise((resolve) => wait(resolve, 10));
    await settle(0);
  }
  await settle();
}

/** {@link open} at a path below the admin's own, with its query. */
export function openAt(path: string): Promise<RenderResult> {
  window.history.replaceState(null, '', `/admin/rum${path}`);
  return open();
}

/** Lets everything happen that happens within `ms`. */
export async function settle(ms = 50): Promise<void> {
  await act(() => vi.advanceTimersByTimeAsync(ms));
}

const wait = setTimeout;

/** Lets code come that is only loaded where it is needed, such as that of the routes table. */
export async function loaded(): Promise<void> {
  for (let tries = 0; tries < 200 && screen.queryAllByRole('rowheader').length === 0; tries++) {
    await settle();
    await new Promise((resolve) => wait(resolve, 10));
  }
}

/** jsdom has no layout, no popovers and no dialogs; these do what the admin relies on. */
function completeJsdom(): void {
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 720 });
  const change = (element: HTMLElement, newState: 'open' | 'closed'): void => {
    element.style.display = newState === 'open' ? 'block' : '';
    element.dispatchEvent(Object.assign(new Event('beforetoggle'), { newState }));
  };
  Object.assign(HTMLElement.prototype, {
    showPopover(this: HTMLElement) {
      change(this, 'open');
    },
    hidePopover(this: HTMLElement) {
      change(this, 'closed');
    },
  });
  Object.assign(HTMLDialogElement.prototype, {
    showModal(this: HTMLDialogElement) {
      this.open = true;
    },
    close(this: HTMLDialogElement) {
      this.open = false;
      this.dispatchEvent(new Event('close'));
    },
  });
  document.onclick = ({ target }) => {
    const id = (target as Element).closest('[popovertarget]')?.getAttribute('popovertarget');
    if (id) document.getElementById(id)?.showPopover();
  };
}
