import { setTimeout } from 'node:timers/promises';

const CARRIER_MS = 80;

export async function GET(): Promise<Response> {
  await setTimeout(CARRIER_MS);
  return Response.json({ state: 'Delivered, and still shining.' });
}
