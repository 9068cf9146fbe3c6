import { json } from '../respond.js';
import type { DataRoute } from './dataRoute.js';

/** What this API is. */
export const openApi: DataRoute = async ({ config }) => {
  // Only whoever asks for it needs the schemas.
  const { openApiDocument } = await import('./openApiDocument.js');
  return json(200, openApiDocument(config.endpoint));
};
