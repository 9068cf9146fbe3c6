import type { Retention } from '../store/jobStore.js';
import type { RetentionDays } from './config.js';

const DAY = 86_400_000;

/** In ms, as the store takes it. */
export function toRetention({ raw, minutes, hours, days }: RetentionDays): Retention {
  return { raw: raw * DAY, minute: minutes * DAY, hour: hours * DAY, day: days * DAY };
}
