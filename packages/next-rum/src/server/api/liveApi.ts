import type { NavigationType, VitalName } from '@rumkit/react-rum/protocol';
import type { DeviceKind } from '../../store/rows.js';

/** `GET {endpoint}/admin/live` with `audience` and `filter` of a {@link Question} */
export interface LiveResponse {
  /** Server clock, epoch ms: ages are shown against it. */
  readonly now: number;
  /** Different visitors. */
  readonly visitors: number;
  /** Views that began in each second that has one, by time; `t` is its beginning, epoch ms. */
  readonly seconds: readonly (readonly [t: number, views: number])[];
  /** Views by country, most first; empty: of views that have none. */
  readonly countries: readonly { readonly value: string; readonly views: number }[];
  /** The latest, at most 100, latest first. */
  readonly views: readonly LiveView[];
  /** What visitors did and what went wrong, at most 50, latest first. */
  readonly events: readonly LiveEvent[];
}

export interface LiveEvent {
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  readonly type: 'action' | 'error' | 'custom';
  readonly name: string;
  readonly route: string;
}

export interface LiveView {
  readonly id: string;
  readonly startedAt: number;
  readonly route: string;
  readonly path: string;
  readonly navigationType: NavigationType;
  readonly device: DeviceKind;
  readonly browser: string | null;
  readonly country: string | null;
  readonly vitals: { readonly [name in VitalName]: number | null };
  readonly sample: boolean;
}
