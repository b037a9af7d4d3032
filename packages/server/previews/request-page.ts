import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { connect as startTls } from 'node:tls';
import { MIMEType } from 'node:util';
import { decodePage } from './decode.ts';
import { HeadReader, type PageHead } from './head-reader.ts';
import { hostOf } from './page-url.ts';

/** Of a page so much is read at most; its head is nearly always shorter. */
export const PAGE_BYTES_MAX = 512 * 1024;
const HEADER_BYTES_MAX = 32 * 1024;

const HEADERS = {
  'user-agent': 'Mozilla/5.0 (compatible; HongyanLinkPreview/1.0)',
  accept: 'text/html',
  'accept-encoding': 'identity',
  connection: 'close',
};

export type PageAnswer =
  | { kind: 'page'; head: PageHead }
  | { kind: 'redirect'; location: string }
  | { kind: 'no-page' };

export interface Connection {
  /** Open, to an address that was checked; this closes it. */
  socket: Socket;
  signal: AbortSignal;
}

/**
 * Asks for one page over the given connection, and reads no more of it than its head. Nothing goes with the request that says who asks.
 * Rejects when the server cannot be understood or trusted, or the signal is aborted.
 */
export async function requestPage(url: URL, { socket, signal }: Connection): Promise<PageAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const secure = url.protocol === 'https:';
  const createConnection = () => (secure ? startTls({ socket, ...certifiedAs(hostOf(url)) }) : socket);
  const request = (secure ? requestHttps : requestHttp)(url, {
    createConnection,
    defaultPort: portOf(url),
    signal,
    headers: HEADERS,
    maxHeaderSize: HEADER_BYTES_MAX,
  });
  request.on('response', resolve).on('error', reject);
  request.on('close', () => reject(new Error('the connection ended before the answer'))).end();
  try {
    return await readAnswer(await promise);
  } finally {
    request.destroy();
    socket.destroy();
  }
}

export const portOf = (url: URL) => (url.protocol === 'https:' ? 443 : 80);

/** Whose certificate it has to be. Only a name is sent along (RFC 6066, 3). */
const certifiedAs = (host: string) => (isIP(host) === 0 ? { servername: host } : { host });

async function readAnswer(response: IncomingMessage): Promise<PageAnswer> {
  const { statusCode = 0, headers } = response;
  if (statusCode > 300 && statusCode < 400 && headers.location !== undefined) {
    // Headers are read as Latin-1; what is not ASCII in them is UTF-8, as browsers take it too.
    return { kind: 'redirect', location: Buffer.from(headers.location, 'latin1').toString() };
  }
  const type = mediaTypeOf(headers['content-type']);
  const encoding = headers['content-encoding'] ?? 'identity';
  if (statusCode !== 200 || type?.essence !== 'text/html' || encoding !== 'identity') return { kind: 'no-page' };
  return { kind: 'page', head: await readHead(response, type.params.get('charset') ?? undefined) };
}

/**
 * Reads until the head ends. In every encoding that the web uses, but for UTF-16, tags and names of encodings are plain ASCII, so the
 * end is found before the encoding is known.
 */
async function readHead(response: AsyncIterable<Buffer>, header: string | undefined): Promise<PageHead> {
  const scout = new HeadReader();
  const chunks: Buffer[] = [];
  let left = PAGE_BYTES_MAX;
  for await (const whole of response) {
    const chunk = whole.subarray(0, left);
    chunks.push(chunk);
    left -= chunk.length;
    scout.write(chunk.toString('latin1'));
    if (scout.isDone || left === 0) break;
  }
  const reader = new HeadReader();
  reader.write(decodePage(Buffer.concat(chunks), { header, page: scout.head.charset }));
  return reader.head;
}

function mediaTypeOf(contentType = ''): MIMEType | undefined {
  try {
    return new MIMEType(contentType);
  } catch {
    return undefined;
  }
}
