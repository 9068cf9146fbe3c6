import { queueReport } from '../report/sendReport.js';
import { type Delivery, deliverNotices } from './deliverNotices.js';

/** Sends what is due: messages about incidents, and the report of the week. @returns How many were taken. */
export async function deliver(delivery: Delivery): Promise<number> {
  const { store, config, now } = delivery;
  if (config.alerts === null && config.report === null) return 0;
  await queueReport(store, config, now());
  return deliverNotices(delivery);
}
