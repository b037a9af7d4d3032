import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePageUrl } from './page-url.ts';

test.each([
  ['http://example.com', 'http://example.com/'],
  ['HTTPS://Example.COM:443/A?b=c#d', 'https://example.com/A?b=c'],
  ['https://例子.中国/路', 'https://xn--fsqu00a.xn--fiqs8s/%E8%B7%AF'],
  ['http://example.com./x', 'http://example.com/x'],
  ['http://8.8.8.8/', 'http://8.8.8.8/'],
  ['http://[2606:4700::1111]/', 'http://[2606:4700::1111]/'],
])('[C1] %s is a page that may be asked for', (text, href) => {
  expect(parsePageUrl(text)?.href).toBe(href);
});

test.each([
  'ftp://example.com/',
  'file:///etc/passwd',
  'gopher://example.com/',
  'javascript:alert(1)',
  'data:text/html,x',
  'blob:https://example.com/x',
  'ws://example.com/',
  'example.com',
  '//example.com/',
  '',
  'http://',
  'http:///',
  'http://user@example.com/',
  'http://user:pass@example.com/',
  'http://:pass@example.com/',
  'http://8.8.8.8@127.0.0.1/',
  'http://127.0.0.1#@example.com/',
  'http://example.com@127.0.0.1/',
  'http://127.0.0.1\\@example.com/',
  'http://example.com:8080/',
  'https://example.com:80/',
  'http://example.com:443/',
  'http://example.com:22/',
  'http://localhost/',
  'http://LOCALHOST./',
  'http://a.localhost/',
  'http://localhost%00.example.com/',
  'http://intranet/',
  'http://printer.local/',
  'http://metadata.google.internal/',
  'http://router.home.arpa/',
  'http://kubernetes.default.svc.cluster.local/',
  'http://example..com/',
  'http://example.com../',
  'http://.com/',
  'http://ｌｏｃａｌｈｏｓｔ/',
  'http://１２７.０.０.１/',
  'http://①②⑦.0.0.1/',
  'http://127。0。0。1/',
  'http://127.1/',
  'http://0/',
  'http://[::]/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[0:0:0:0:0:ffff:7f00:1]/',
  'http://[64:ff9b::10.0.0.1]/',
  'http://[2002:7f00:1::]/',
  'http://[2001:0:1::1]/',
  'http://[fe80::1%25eth0]/',
  'http://[fd00:ec2::254]/latest/meta-data/',
  'http://1.2.3.4.5/',
  'http://256.0.0.1/',
  'http://%31%32%37.0.0.1/',
  'ht\ntp://127.0.0.1/',
  ' http://127.0.0.1/ ',
])('[C1, P9] %j is not asked for', (text) => {
  expect(parsePageUrl(text)).toBeUndefined();
});

test('[C1, P9] a URL beyond the limit is not asked for, as it is or once it is escaped', () => {
  expect(parsePageUrl(`http://example.com/${'x'.repeat(2_048)}`)).toBeUndefined();
  expect(parsePageUrl(`http://example.com/${'路'.repeat(300)}`)).toBeUndefined();
});

const ranges = [
  [0x00000000, 8],
  [0x0a000000, 8],
  [0x64400000, 10],
  [0x7f000000, 8],
  [0xa9fe0000, 16],
  [0xac100000, 12],
  [0xc0000000, 24],
  [0xc0000200, 24],
  [0xc0586300, 24],
  [0xc0a80000, 16],
  [0xc6120000, 15],
  [0xc6336400, 24],
  [0xcb007100, 24],
  [0xe0000000, 4],
  [0xf0000000, 4],
] as const;

/** An address of a range that is not public, as a number. */
const refused = fc
  .constantFrom(...ranges)
  .chain(([network, bits]) => fc.integer({ min: 0, max: 2 ** (32 - bits) - 1 }).map((host) => network + host));

const radixes = [String, (part: number) => `0${part.toString(8)}`, (part: number) => `0x${part.toString(16)}`];
const bytesOf = (address: number) => [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff);
const hex = (address: number) => `${(address >>> 16).toString(16)}:${(address & 0xffff).toString(16)}`;

/** All ways to write an IPv4 address: one to four parts, the last taking what is left, each in a radix of its own. */
const writings = fc
  .tuple(refused, fc.integer({ min: 1, max: 4 }), fc.array(fc.constantFrom(...radixes), { minLength: 4, maxLength: 4 }))
  .map(([address, count, write]) => {
    const parts = [...bytesOf(address).slice(0, count - 1), count === 1 ? address : address % 2 ** (8 * (5 - count))];
    return parts.map((part, index) => write[index]?.(part)).join('.');
  });

const embedded = refused.chain((address) =>
  fc.constantFrom(
    `[::ffff:${bytesOf(address).join('.')}]`,
    `[::ffff:${hex(address)}]`,
    `[::${hex(address)}]`,
    `[::ffff:0:${hex(address)}]`,
    `[64:ff9b::${hex(address)}]`,
    `[64:ff9b:1::${hex(address)}]`,
    `[2002:${hex(address)}::1]`,
    `[2001:0:${hex(address)}::1]`,
    `[2001::${hex(address ^ 0xffffffff).replaceAll('-', '')}]`,
  ),
);
const wide = (text: string) => text.replace(/[0-9]/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));

test('[C1, P9] a private address is not asked for however it is written', () => {
  const host = fc.oneof(
    writings,
    writings.map((text) => `${text}.`),
    writings.map(wide),
    embedded,
  );
  const around = fc.constantFrom(
    (text: string) => `http://${text}/`,
    (text: string) => `https://${text}:443/x?y#z`,
    (text: string) => `http://example.com@${text}/`,
    (text: string) => `http:\\\\${text}\\`,
    (text: string) => `  hTTp:${text}`,
  );
  fc.assert(
    fc.property(host, around, (text, write) => {
      expect(parsePageUrl(write(text))).toBeUndefined();
    }),
    { numRuns: 2_000 },
  );
});

test('[C1, P9] whatever is asked for has no credentials, no port and no private address', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.webUrl({ withFragments: true }),
        fc.string({ unit: 'binary' }).map((text) => `http://${text}`),
      ),
      (text) => {
        const url = parsePageUrl(text);
        if (url === undefined) return;
        expect([url.username, url.password, url.port, url.hash]).toEqual(['', '', '', '']);
        expect(url.hostname).toMatch(/\.|:/);
      },
    ),
    { numRuns: 1_000 },
  );
});
