import { type MetricType, onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals';
import type { Collector } from '../collector.js';
import { createVitals } from './vitals.js';

/** The five vitals by value only. */
export function createPlainVitals(): Collector {
  return createVitals<MetricType>((report, options) => {
    onTTFB(report, options);
    onFCP(report, options);
    onLCP(report, options);
    onCLS(report, options);
    onINP(report, options);
  });
}
