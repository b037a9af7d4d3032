import { isIP } from 'node:net';
import { isPublicAddress } from './address-policy.ts';

/** Longer ones are no links that people share; most servers refuse them too. */
export const URL_LENGTH_MAX = 2_048;

// Names that are never of the public internet: RFC 6761, 6762, 7686, 8375, and what ICANN keeps for networks of one's own.
const specialNames = /(^|\.)(localhost|local|internal|intranet|lan|private|corp|home|arpa|test|invalid|onion)$/;

/**
 * The address of a page that may be asked for: http or https at its usual port, without credentials, at a name that could
 * be public or at a public address. Without its fragment, which no server sees. undefined when it is anything else.
 *
 * The URL parser (WHATWG) has already turned every way to write an IPv4 address (decimal, octal, hexadecimal, short, full
 * width, with a dot at the end) into the usual one, and international names into ASCII.
 */
export function parsePageUrl(text: string, base?: URL): URL | undefined {
  if (text.length > URL_LENGTH_MAX) return undefined;
  const url = URL.parse(text, base?.href);
  if (url === null || url.href.length > URL_LENGTH_MAX) return undefined;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  if (url.port !== '' || url.username !== '' || url.password !== '') return undefined;
  url.hostname = url.hostname.replace(/\.$/, '');
  url.hash = '';
  return isPublicHost(hostOf(url)) ? url : undefined;
}

/** The name or address in a URL, IPv6 without its brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

function isPublicHost(host: string): boolean {
  if (isIP(host) !== 0) return isPublicAddress(host);
  const labels = host.split('.');
  return labels.length > 1 && labels.every((label) => label !== '') && !specialNames.test(host);
}
