import type { VitalName } from '@rumkit/react-rum/protocol';

/** How one vital is named on screen. */
export interface VitalLabel {
  readonly name: VitalName;
  readonly short: string;
  readonly long: string;
}

/** The five vitals in the order they are shown. */
export const VITALS: readonly VitalLabel[] = [
  { name: 'lcp', short: 'LCP', long: 'Largest Contentful Paint' },
  { name: 'inp', short: 'INP', long: 'Interaction to Next Paint' },
  { name: 'cls', short: 'CLS', long: 'Cumulative Layout Shift' },
  { name: 'fcp', short: 'FCP', long: 'First Contentful Paint' },
  { name: 'ttfb', short: 'TTFB', long: 'Time to First Byte' },
];
