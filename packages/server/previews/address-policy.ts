import { BlockList, isIP, isIPv4 } from 'node:net';

// What the IANA registries of special-purpose addresses say is not globally reachable, and what some networks use inside.
const specialIPv4 = [
  ['0.0.0.0', 8], // this network
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // shared by carriers (CGNAT)
  ['127.0.0.0', 8], // loopback
  ['168.63.129.16', 32], // Azure's services for its machines
  ['169.254.0.0', 16], // link-local, and with it the metadata of most clouds
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocol assignments
  ['192.0.2.0', 24], // documentation
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16], // private
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, and broadcast
] as const;

// All other IPv6 addresses, those that carry an IPv4 one (::ffff:0:0/96, 64:ff9b::/96, 64:ff9b:1::/48) among them, are
// outside of the one range that is given out.
const globalIPv6 = ['2000::', 3] as const;
const specialIPv6 = [
  ['2001::', 23], // protocol assignments: Teredo, ORCHID, benchmarks
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4
  ['3fff::', 20], // documentation
] as const;

const special = new BlockList();
for (const [network, bits] of specialIPv4) special.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of specialIPv6) special.addSubnet(network, bits, 'ipv6');
const global = new BlockList();
global.addSubnet(...globalIPv6, 'ipv6');

/**
 * Whether an address, as a resolver writes it, belongs to the public internet: not private, loopback, link-local, shared,
 * multicast, reserved, nor an IPv6 one that leads to an IPv4 one. Anything that is no address is not public.
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  if (isIPv4(address)) return !special.check(address, 'ipv4');
  return global.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

/** Whether two addresses are the same one, however each is written. */
export function isAmong(address: string, addresses: readonly string[]): boolean {
  const list = new BlockList();
  for (const each of addresses) if (isIP(each) !== 0) list.addAddress(each, familyOf(each));
  return isIP(address) !== 0 && list.check(address, familyOf(address));
}

const familyOf = (address: string) => (isIPv4(address) ? 'ipv4' : 'ipv6');
