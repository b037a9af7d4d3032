import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAmong, isPublicAddress } from './address-policy.ts';

test.each([
  ['this network', '0.0.0.0', '0.255.255.255'],
  ['private, 10/8', '10.0.0.0', '10.255.255.255'],
  ['CGNAT', '100.64.0.0', '100.127.255.255'],
  ['loopback', '127.0.0.0', '127.255.255.255'],
  ['link-local and cloud metadata', '169.254.0.0', '169.254.169.254'],
  ['Azure’s inner address', '168.63.129.16', '168.63.129.16'],
  ['private, 172.16/12', '172.16.0.0', '172.31.255.255'],
  ['protocol assignments', '192.0.0.0', '192.0.0.255'],
  ['documentation', '192.0.2.1', '203.0.113.255'],
  ['private, 192.168/16', '192.168.0.0', '192.168.255.255'],
  ['6to4 relays', '192.88.99.0', '192.88.99.255'],
  ['benchmarks', '198.18.0.0', '198.19.255.255'],
  ['multicast', '224.0.0.0', '239.255.255.255'],
  ['reserved and broadcast', '240.0.0.0', '255.255.255.255'],
  ['unspecified and loopback IPv6', '::', '::1'],
  ['IPv4-mapped', '::ffff:127.0.0.1', '::ffff:8.8.8.8'],
  ['IPv4-compatible', '::7f00:1', '::8.8.8.8'],
  ['IPv4-translated', '::ffff:0:7f00:1', '::ffff:0:808:808'],
  ['NAT64', '64:ff9b::7f00:1', '64:ff9b:1::a00:1'],
  ['discard only', '100::', '100::ffff:ffff:ffff:ffff'],
  ['Teredo', '2001::', '2001:0:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['ORCHID', '2001:10::1', '2001:20::1'],
  ['documentation IPv6', '2001:db8::', '3fff::1'],
  ['6to4', '2002:7f00:1::', '2002:808:808::1'],
  ['segment routing', '5f00::', '5f00:ffff::'],
  ['unique local', 'fc00::', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['link-local IPv6', 'fe80::1', 'febf::1'],
  ['site-local', 'fec0::1', 'feff::1'],
  ['multicast IPv6', 'ff00::', 'ff02::1'],
  ['the metadata of AWS in IPv6', 'fd00:ec2::254', 'fd00:ec2::254'],
  ['no address', '', 'example.com'],
  ['more than one address', '8.8.8.8 ', '8.8.8.8,127.0.0.1'],
  ['an address with a zone', 'fe80::1%eth0', 'fe80::1%1'],
])('[C1, P9] %s is not public', (_what, first, last) => {
  expect([isPublicAddress(first), isPublicAddress(last)]).toEqual([false, false]);
});

test.each([
  '1.1.1.1',
  '8.8.8.8',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '168.63.129.15',
  '169.253.255.255',
  '169.255.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '192.167.255.255',
  '192.169.0.0',
  '198.17.255.255',
  '198.20.0.0',
  '223.255.255.255',
  '2606:4700::1111',
  '2400:3200::1',
  '2001:4860:4860::8888',
  '2001:200::1',
  '2003::1',
  '3ffe::1',
  '2a00:1450:4001::1',
])('[C1] %s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test('[C1, P9] of IPv6, nothing outside of the range that is given out is public', () => {
  const group = fc.integer({ min: 0, max: 0xffff });
  const outside = group.filter((first) => first < 0x2000 || first >= 0x4000);
  fc.assert(
    fc.property(outside, fc.array(group, { minLength: 7, maxLength: 7 }), (first, rest) => {
      expect(isPublicAddress([first, ...rest].map((each) => each.toString(16)).join(':'))).toBe(false);
    }),
  );
});

test('[C1, P9] an own address is recognised however it is written', () => {
  expect(isAmong('2606:4700:0:0::1111', ['8.8.8.8', '2606:4700::1111'])).toBe(true);
  expect(isAmong('::ffff:8.8.8.8', ['8.8.8.8'])).toBe(true);
  expect(isAmong('8.8.4.4', ['8.8.8.8', 'nonsense'])).toBe(false);
});
