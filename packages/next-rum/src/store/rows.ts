import type { NavigationType, RouterKind, RumEvent, VitalName } from '@rumkit/react-rum/protocol';

/** Cannot be part of an app id that a batch names. */
const BOTS = '~bots';

/**
 * The app id that what bots do is stored under. An app of their own keeps them apart from everything that is counted, and
 * lets all that works on an app work on them too.
 */
export function botsOf(app: string): string {
  return app.endsWith(BOTS) ? app : `${app}${BOTS}`;
}

/** One page view as stored: the document the agent sent, plus what the collector derived. */
export interface ViewRow {
  readonly app: string;
  /** UUIDv7; with `app` the key, so it decides what is a duplicate. */
  readonly id: string;
  readonly revision: number;
  /** Start of the view, epoch ms on the server's clock. */
  readonly startedAt: number;
  /** When this revision was received, epoch ms. */
  readonly receivedAt: number;
  /** Pseudonym that groups views into sessions: in strict mode a hash that changes daily, under consent the session id's hash. */
  readonly visitor: string;
  readonly route: string;
  readonly path: string;
  readonly router: RouterKind;
  readonly navigationType: NavigationType;
  readonly previousViewId: string | null;
  readonly referrer: string | null;
  readonly release: string | null;
  readonly environment: string | null;
  readonly country: string | null;
  readonly device: DeviceKind;
  readonly browser: string | null;
  readonly os: string | null;
  readonly connection: string | null;
  readonly language: string | null;
  readonly viewportWidth: number | null;
  readonly viewportHeight: number | null;
  readonly automated: boolean;
  readonly traceId: string | null;
  /** ms */
  readonly duration: number | null;
  /** Raw values: ms, CLS unitless. Null where the view has none (yet). */
  readonly lcp: number | null;
  readonly inp: number | null;
  readonly cls: number | null;
  readonly fcp: number | null;
  readonly ttfb: number | null;
  /** What explains each vital, JSON text keyed by vital. Null where nothing was sent. */
  readonly attribution: string | null;
  /** Made up by `seed` to fill an empty demo, and shown as such. */
  readonly sample: boolean;
  /** ms in which the page could be seen, of `duration`. */
  readonly visibleDuration: number | null;
  /** ms until the page settled. */
  readonly loadingTime: number | null;
  /** ms from the start of a client navigation to its first frame. */
  readonly routeChangeTime: number | null;
  /** ms in which the main thread could not answer. */
  readonly blockedTime: number | null;
  /** How far down the page was seen, 0–1. */
  readonly scrollDepth: number | null;
  /** Path that a client navigation set out for where it ended elsewhere. */
  readonly redirectedFrom: string | null;
  readonly redirectCount: number | null;
  /** GiB */
  readonly deviceMemory: number | null;
  readonly cores: number | null;
  readonly reducedMotion: boolean | null;
  readonly darkMode: boolean | null;
  /** Share of sessions that are recorded, 0–1; null where all are. */
  readonly sampleRate: number | null;
  /** The session was kept because of an error or a frustration, though it was not drawn. */
  readonly kept: boolean;
  /** Who the application says the visitor is, and what it says of them as JSON text. Null in strict mode. */
  readonly userId: string | null;
  readonly userTraits: string | null;
  /** Campaign parameters, JSON text keyed by their names without `utm_`. */
  readonly utm: string | null;
  /** Events of the view by type, those included that were not recorded; JSON text. */
  readonly counts: string | null;
  /** What the application said of the view and of everything in its page; JSON text. */
  readonly attributes: string | null;
  /**
   * Null where the browser's clock was believed; `corrected`: moved onto the server's clock; `clamped`: its time was
   * older than anything is believed to be, or in the future, so it says only what the nearest border is.
   */
  readonly clock: ClockFlag | null;
}

export type ClockFlag = 'corrected' | 'clamped';

export type DeviceKind = 'desktop' | 'mobile' | 'tablet' | 'tv' | 'unknown';

/** One event as stored. What only one type has is in `data`. */
export interface EventRow {
  readonly app: string;
  readonly id: string;
  readonly viewId: string;
  readonly type: RumEvent['type'];
  /**
   * Name of the custom event, action, timing or flag; class of the error; URL of the resource or of the long task's script;
   * path that a cancelled navigation set out for; reason of the loss.
   */
  readonly name: string;
  /** Epoch ms on the server's clock. */
  readonly occurredAt: number;
  readonly receivedAt: number;
  readonly visitor: string;
  readonly route: string;
  /** JSON text of the fields that only this type has. */
  readonly data: string | null;
  readonly sample: boolean;
  /** ms; null for events that take no time. */
  readonly duration: number | null;
  /**
   * Share of sessions that are recorded, 0–1; null where all are. An event of a share stands for `1 / sampleRate` events.
   * 0: its session was kept though it was not drawn, so it is no part of the sample and stands for itself only.
   */
  readonly sampleRate: number | null;
  /** As of a view. */
  readonly clock: ClockFlag | null;
}

/** The five vitals in the order they are shown. */
export const VITAL_NAMES: readonly VitalName[] = ['lcp', 'inp', 'cls', 'fcp', 'ttfb'];
