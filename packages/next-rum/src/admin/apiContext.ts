import { type Context, createContext, useContext } from 'react';
import type { AdminApi } from './adminApi.js';

export const ApiContext: Context<AdminApi | null> = createContext<AdminApi | null>(null);

/** The API that the admin around asks. */
export function useApi(): AdminApi {
  const api = useContext(ApiContext);
  if (api === null) throw new Error('RUM: this part of the admin stands outside of <ApiContext>.');
  return api;
}
