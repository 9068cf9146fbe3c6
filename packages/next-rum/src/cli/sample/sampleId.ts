import type { Random } from './random.js';

/** A UUIDv7 from the seed's random numbers, where `newId` takes the system's. */
export function sampleId(at: number, random: Random): string {
  const hex = (digits: number) =>
    Array.from({ length: digits }, () => Math.floor(random.next() * 16).toString(16)).join('');
  const time = at.toString(16).padStart(12, '0');
  const variant = (8 + Math.floor(random.next() * 4)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${variant}${hex(3)}-${hex(12)}`;
}
