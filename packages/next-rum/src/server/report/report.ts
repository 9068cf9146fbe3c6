import type { VitalName } from '@rumkit/react-rum/protocol';
import type { IncidentWords } from '../../analysis/insights/incidentWords.js';
import type { Weekday } from '../../analysis/rules/alertSchedule.js';
import type { Totals } from '../../store/overviewStore.js';
import type { Interval } from '../../store/vitalStore.js';

/** A p75 of a week beside that of the week before. ms, CLS unitless. */
export interface ReportVital {
  readonly name: VitalName;
  readonly p75: number | null;
  readonly interval: Interval | null;
  readonly n: number;
  /** Views, by https://web.dev/articles/vitals. */
  readonly good: number;
  readonly needsImprovement: number;
  readonly poor: number;
  readonly before: number | null;
  /** Of the week less the one before, 95 % (MOVER); null where one has too few views. */
  readonly change: {
    readonly value: number;
    readonly interval: Interval;
    /** Whether it is more than chance. */
    readonly isSure: boolean;
  } | null;
}

/** What a week was like. Times in epoch ms. */
export interface WeekReport {
  readonly app: string;
  /** Its first day, such as `2026-11-16`. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
  readonly adminUrl: string | null;
  readonly totals: Totals;
  readonly totalsBefore: Totals;
  /** Seven, by the clock on the wall: together the totals. Sessions count on the day that they began. */
  readonly days: readonly { readonly t: number; readonly views: number; readonly sessions: number }[];
  readonly vitals: readonly ReportVital[];
  /** Groups of which there was none in the 30 days before. */
  readonly newErrors: {
    readonly count: number;
    readonly top: readonly {
      readonly fingerprint: string;
      readonly title: string;
      readonly events: number;
      readonly visitors: number;
    }[];
  };
  readonly incidents: {
    readonly count: number;
    readonly open: number;
    readonly top: readonly (IncidentWords & { readonly id: string; readonly isOpen: boolean })[];
  };
  /** Those with most views whose LCP is not good. */
  readonly routes: readonly {
    readonly route: string;
    readonly views: number;
    readonly slow: number;
    readonly lcp: number | null;
    readonly inp: number | null;
    readonly cls: number | null;
    /** 95 %, of each p75; null where it has fewer than 11 views. */
    readonly intervals: { readonly [name in 'lcp' | 'inp' | 'cls']: Interval | null };
  }[];
  readonly releases: readonly { readonly release: string; readonly at: number }[];
}

/** A report as it is sent. */
export interface ReportMessage {
  /** The same for the same week and app. */
  readonly id: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly report: WeekReport;
}

/** Sends reports. */
export interface ReportSender {
  /** Resolves once it has arrived. After a rejection it is tried again, for about a day. */
  readonly send: (message: ReportMessage) => Promise<void>;
}

/** Who gets a report of each week, and when. */
export interface ReportOptions {
  /** Such as `emailReport({ transport, from, to })`. */
  readonly sender: ReportSender;
  /** Default `mon`. */
  readonly day?: Weekday;
  /** `HH:MM` by the clock of `timeZone`; default 08:00. */
  readonly at?: string;
  /** Where the admin is found, such as `https://shop.example/admin/rum`; default that of `alerts`. */
  readonly adminUrl?: string;
}
