import { randomFrom } from './rows.js';

/** Independent standard normal values (Box and Muller 1958, https://doi.org/10.1214/aoms/1177706645); the same seed gives the same. */
export function standardNormalValues(count: number, seed: number): number[] {
  const random = randomFrom(seed);
  return Array.from(
    { length: count },
    () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  );
}
