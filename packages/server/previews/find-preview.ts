import { isIP } from 'node:net';
import { isAmong, isPublicAddress } from './address-policy.ts';
import { type LinkPreview, linkPreviewOf } from './link-preview.ts';
import type { Network } from './network.ts';
import { hostOf, parsePageUrl } from './page-url.ts';
import { portOf, requestPage } from './request-page.ts';

const REDIRECTS_MAX = 3;

/** Why there is no preview. Nobody outside is told which, so that nobody learns from it what there is in the network of the server. */
export type NoPreviewReason =
  | 'not-allowed'
  | 'unreachable'
  | 'no-page'
  | 'no-title'
  | 'too-many-redirects'
  | 'deadline';

export type Found = { kind: 'preview'; preview: LinkPreview } | { kind: 'none'; reason: NoPreviewReason };

export interface Visit {
  network: Network;
  /** Names by which this server is reached; nothing is asked of itself. */
  ownHosts: readonly string[];
  /** Ends everything that is under way. */
  signal: AbortSignal;
}

const none = (reason: NoPreviewReason): Found => ({ kind: 'none', reason });

/** Goes to a page, behind a few redirects, each of which is looked at as the first address was. Never rejects. */
export async function findPreview(address: string, visit: Visit): Promise<Found> {
  let url = parsePageUrl(address);
  try {
    for (let redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
      const addresses = url && (await allowedAddresses(url, visit));
      if (url === undefined || addresses === undefined) return none('not-allowed');
      const socket = await visit.network.connect({ addresses, port: portOf(url) }, visit.signal);
      const answer = await requestPage(url, { socket, signal: visit.signal });
      switch (answer.kind) {
        case 'page': {
          const preview = linkPreviewOf(answer.head, url);
          return preview ? { kind: 'preview', preview } : none('no-title');
        }
        case 'redirect':
          url = parsePageUrl(answer.location, url);
          break;
        case 'no-page':
          return none('no-page');
      }
    }
    return none('too-many-redirects');
  } catch {
    return none(visit.signal.aborted ? 'deadline' : 'unreachable');
  }
}

/**
 * The addresses of a page's host to which a connection may be made; undefined when there is none. Whoever connects uses these and asks no
 * name server again, since the next answer may be another one (DNS rebinding).
 */
async function allowedAddresses(
  url: URL,
  { network, ownHosts, signal }: Visit,
): Promise<readonly string[] | undefined> {
  const host = hostOf(url);
  if (ownHosts.includes(host)) return undefined;
  const resolve = async (name: string) => (isIP(name) === 0 ? await network.resolve(name, signal) : [name]);
  const [candidates = [], ...own] = await Promise.all([host, ...ownHosts].map(resolve));
  const refused = [...network.ownAddresses(), ...own.flat()];
  const allowed = candidates.filter((address) => isPublicAddress(address) && !isAmong(address, refused));
  return allowed.length > 0 ? allowed : undefined;
}
