import { CloseCode, encodeCommand, type ServerFrame, splitFrames } from '@hongyan/protocol';
import { ask, type PollAnswer, pause, persistently, type RetryOptions } from './poll-requests.ts';
import { Uplink } from './poll-uplink.ts';
import { decodeFrames, SERVER_FRAME_BYTES_MAX, type Transport } from './transport.ts';

/** An answer with nothing in it that came sooner is not the server's; asking on at once would go in circles. */
const EMPTY_ANSWER_MIN_MS = 1_000;
const FAREWELL_TIMEOUT_MS = 5_000;

/** How patient it is. */
export interface LongPollingOptions {
  /** The pauses between the tries of one request, around which chance moves them; after the last try the connection is lost. */
  retryPausesMs?: readonly number[];
}

/** Frames over plain HTTP requests (POL), where nothing else gets through. `server` is `http://host:port` or `https://host`. */
export function longPollingTransport(server: string, { retryPausesMs }: LongPollingOptions = {}): Transport {
  return (handlers) => {
    const ended = new AbortController();
    const retry: RetryOptions = { signal: ended.signal, ...(retryPausesMs && { pausesMs: retryPausesMs }) };
    let url: string | undefined;
    const lose = (reason: string) => {
      if (ended.signal.aborted) return;
      ended.abort();
      handlers.onClose(0, reason);
    };
    const fail = (error: unknown) => lose(error instanceof Error ? error.message : String(error));
    const uplink = new Uplink((n, body) => post(`${url}/up?n=${n}`, body, retry), fail);
    const run = async () => {
      const opened = await open(new URL('/v1/poll', server).href, ended.signal);
      if (ended.signal.aborted) return;
      if (opened.kind === 'refused') {
        handlers.onFrames([opened.closing]);
        lose('the server admits nobody now');
        return;
      }
      url = opened.url;
      handlers.onOpen();
      lose(await receiveAll(url, (frames) => handlers.onFrames(frames), retry));
    };
    run().catch(fail);
    return {
      send(commands) {
        if (url !== undefined && !ended.signal.aborted) uplink.send(commands.map(encodeCommand));
      },
      close() {
        if (ended.signal.aborted) return;
        ended.abort();
        if (url !== undefined) sayFarewell(url);
      },
    };
  };
}

type Opened = { kind: 'opened'; url: string } | { kind: 'refused'; closing: ServerFrame };

async function open(url: string, signal: AbortSignal): Promise<Opened> {
  const answer = await ask({ method: 'POST', url }, signal);
  if (answer.status === 503) return { kind: 'refused', closing: closingFrame(answer.retryAfterMs) };
  if (answer.status !== 201) throw new Error(`long polling was answered with ${answer.status}`);
  const { connectionId }: { connectionId?: unknown } = JSON.parse(new TextDecoder().decode(answer.body));
  if (typeof connectionId !== 'string') throw new Error('long polling was answered without a connection');
  return { kind: 'opened', url: `${url}/${encodeURIComponent(connectionId)}` };
}

/** What a server that admits nobody says on the other transports. */
function closingFrame(retryAfterMs: number): ServerFrame {
  const closing = { code: CloseCode.OVERLOADED, reason: 'the server admits nobody now', retryAfterMs };
  return { frame: { case: 'push', value: { body: { case: 'closing', value: closing } } } };
}

/** Sends a batch. That the server has ended the connection is no failure: it says why to who asks for frames. */
async function post(url: string, body: Uint8Array<ArrayBuffer>, retry: RetryOptions): Promise<void> {
  const { status } = await persistently({ method: 'POST', url, body }, (answer) => answer, retry);
  if (status !== 204 && status !== 404) throw new Error(`sending was answered with ${status}`);
}

/** Passes on what the server sends until it is over, and answers why it is. */
async function receiveAll(
  url: string,
  onFrames: (frames: ServerFrame[]) => void,
  retry: RetryOptions,
): Promise<string> {
  for (let n = 1; ; ) {
    const askedMs = Date.now();
    const answer = await persistently({ method: 'GET', url: `${url}/down?n=${n}` }, readFrames, retry);
    if (retry.signal.aborted) return 'closed';
    if (answer.kind === 'over') return answer.reason;
    if (answer.kind === 'frames') {
      n += 1;
      onFrames(answer.frames);
    } else if (Date.now() - askedMs < EMPTY_ANSWER_MIN_MS) await pause(EMPTY_ANSWER_MIN_MS, retry.signal);
  }
}

type Received = { kind: 'frames'; frames: ServerFrame[] } | { kind: 'nothing' } | { kind: 'over'; reason: string };

/** Throws when the answer is not the server's, or damaged: the same number brings the same frames again. */
function readFrames({ status, mediaType, body }: PollAnswer): Received {
  switch (status) {
    case 200:
      if (!mediaType.startsWith('application/octet-stream')) throw new TypeError(`an answer of ${mediaType}`);
      return { kind: 'frames', frames: decodeFrames(splitFrames(body, SERVER_FRAME_BYTES_MAX)) };
    case 204:
      return { kind: 'nothing' };
    case 404:
      return { kind: 'over', reason: 'the server has ended the connection' };
    default:
      return { kind: 'over', reason: `asking was answered with ${status}` };
  }
}

/** Spares the server waiting for a client that is gone; it finds out by itself if this does not arrive. */
function sayFarewell(url: string): void {
  fetch(url, { method: 'DELETE', keepalive: true, signal: AbortSignal.timeout(FAREWELL_TIMEOUT_MS) }).catch(() => {});
}
