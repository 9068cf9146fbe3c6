import { BlockList, isIP } from 'node:net';

/**
 * True for an address that is none of the internet: of this machine, this link, this network, or a carrier's. A proxy in front of
 * the app has one, and with it all visitors. False for what is no address.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6890
 */
export function isPrivate(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && PRIVATE.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  // An IPv4 address may come as ::ffff:10.0.0.1 too, which is looked up as the IPv4 address it is.
  PRIVATE.addSubnet(network, prefix, 'ipv4');
}
PRIVATE.addAddress('::1', 'ipv6');
PRIVATE.addSubnet('fc00::', 7, 'ipv6');
PRIVATE.addSubnet('fe80::', 10, 'ipv6');
