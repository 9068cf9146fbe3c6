import type { RumConfig } from '../server/config.js';
import type { Rum } from '../server/rum.js';
import { CONFIG } from './rumServer.js';

/** An app that lets in whomever `authorize` does, and has no data. */
export function rumWith(authorize: RumConfig['authorize']): Rum {
  const unused = (): never => {
    throw new Error('the page reads no data');
  };
  return { config: { ...CONFIG, authorize }, store: unused, handle: unused };
}
