import type { APIRequestContext } from '@playwright/test';
import type { HealthResponse } from '../../packages/next-rum/src/server/api.js';

/**
 * Asks a running app for the details of its health, as whoever may open its admin.
 *
 * @param url Origin of the app.
 */
export async function readHealth(
  request: APIRequestContext,
  url: string,
  password: string,
): Promise<HealthResponse> {
  await request.post(`${url}/api/rum/admin/sign-in`, { data: { password }, failOnStatusCode: true });
  const response = await request.get(`${url}/api/rum/health?details`, { failOnStatusCode: true });
  return response.json();
}
