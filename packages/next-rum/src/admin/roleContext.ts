import { type Context, createContext, useContext } from 'react';
import type { Role } from '../server/api.js';

/** Whoever is not known to be more may only look. */
export const RoleContext: Context<Role> = createContext<Role>('viewer');

/** Whether the viewer may change what is kept. The server asks again: this only decides what is offered. */
export function useMayChange(): boolean {
  return useContext(RoleContext) === 'admin';
}
