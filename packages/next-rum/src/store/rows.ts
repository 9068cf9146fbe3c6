import type { NavigationType, RouterKind, RumEvent, VitalName } from '@rumkit/react-rum/protocol';

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
}

export type DeviceKind = 'desktop' | 'mobile' | 'tablet' | 'tv' | 'unknown';

/** One event as stored. What only one type has is in `data`. */
export interface EventRow {
  readonly app: string;
  readonly id: string;
  readonly viewId: string;
  readonly type: RumEvent['type'];
  /** Custom event name, error class, or loss reason. */
  readonly name: string;
  /** Epoch ms on the server's clock. */
  readonly occurredAt: number;
  readonly receivedAt: number;
  readonly visitor: string;
  readonly route: string;
  /** JSON text of the fields that only this type has. */
  readonly data: string | null;
  readonly sample: boolean;
}

/** The five vitals in the order they are shown. */
export const VITAL_NAMES: readonly VitalName[] = ['lcp', 'inp', 'cls', 'fcp', 'ttfb'];
