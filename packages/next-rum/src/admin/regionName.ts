import { type Context, createContext, useContext } from 'react';

/** What the regions inside belong to, where a page may have the same ones several times. */
export const RegionContext: Context<string> = createContext('');

/** Name of a region that nothing else of the page has. */
export function useRegionName(name: string): string {
  const of = useContext(RegionContext);
  return of === '' ? name : `${name}, ${of}`;
}
