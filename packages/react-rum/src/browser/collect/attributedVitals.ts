import { type MetricWithAttribution, onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals/attribution';
import { LIMITS, type Vital } from '../../protocol/index.js';
import type { Collector } from '../collector.js';
import { cut } from '../cut.js';
import { createVitals } from './vitals.js';

/** The five vitals with what explains them: elements, and the parts that add up to the value. */
export function createAttributedVitals(): Collector {
  return createVitals<MetricWithAttribution>((report, options) => {
    onTTFB(report, options);
    onFCP(report, options);
    onLCP(report, options);
    onCLS(report, options);
    onINP(report, options);
  }, attribute);
}

/** Shorter than in `web-vitals`, where each name must tell its metric. */
const NAMES: { readonly [name: string]: string } = {
  target: 'element',
  interactionTarget: 'target',
  interactionType: 'type',
  largestShiftTarget: 'target',
};

/** All parts that are text or number, except points in time: those say nothing without the page's other times. */
function attribute(metric: MetricWithAttribution): Vital['attribution'] {
  const parts: Record<string, string | number> = {};
  for (const [name, part] of Object.entries(metric.attribution)) {
    if (name.endsWith('Time')) continue;
    if (typeof part === 'number' && Number.isFinite(part)) parts[name] = part;
    if (typeof part === 'string') {
      parts[NAMES[name] ?? name] = cut(name === 'url' ? withoutQuery(part) : part, LIMITS.label);
    }
  }
  return Object.keys(parts).length > 0 ? parts : undefined;
}

/** An image may be the URL itself (`data:`): then only its type is told. */
function withoutQuery(url: string): string {
  const [part = ''] = url.split(/^data:/.test(url) ? ',' : /[?#]/, 1);
  return part;
}
