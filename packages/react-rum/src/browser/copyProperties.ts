import type { Properties } from '../protocol/index.js';

/**
 * Takes what an application attached as it is at this moment, without what JSON leaves out. How deep and how much it may be,
 * the collector decides.
 *
 * @throws What a getter or `toJSON` of the given object throws, and a TypeError where it contains itself or a BigInt.
 */
export function copyProperties<Given extends object | undefined>(
  properties: Given,
): Given extends object ? Properties : undefined {
  return properties && JSON.parse(JSON.stringify(properties));
}
