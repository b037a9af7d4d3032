/** How long an answer may take to begin; the server lets a request for frames wait 25 s. */
const ANSWER_TIMEOUT_MS = 35_000;
/** How long an answer that has begun may stand still. */
const STALL_TIMEOUT_MS = 15_000;
/** What is read of one answer at most; servers stay far below. */
const ANSWER_BYTES_MAX = 32 * 1024 * 1024;
/** The pauses between tries of the same request; after the last one the connection counts as lost. */
const RETRY_PAUSES_MS: readonly number[] = [200, 600, 1_500, 3_000];

/** There was no answer, or not one that can be used. */
class TryFailed extends Error {
  override readonly name = 'TryFailed';
}

export interface PollAnswer {
  status: number;
  mediaType: string;
  retryAfterMs: number;
  body: Uint8Array;
}

export interface PollRequest {
  method: 'POST' | 'GET' | 'DELETE';
  url: string;
  body?: Uint8Array<ArrayBuffer>;
}

export interface RetryOptions {
  signal: AbortSignal;
  /** Around which chance moves the pauses; their number bounds the tries. */
  pausesMs?: readonly number[];
}

/**
 * Asks until there is an answer of the server that more asking does not change, with pauses and a bounded number of
 * times. `read` makes something of it and may throw when it is damaged. Rejects when no try got one, or on abort.
 */
export async function persistently<T>(
  request: PollRequest,
  read: (answer: PollAnswer) => T,
  { signal, pausesMs = RETRY_PAUSES_MS }: RetryOptions,
): Promise<T> {
  for (let failures = 0; ; failures++) {
    try {
      const answer = await ask(request, signal);
      if (isPassing(answer.status)) throw new TryFailed(`answered with ${answer.status}`);
      return read(answer);
    } catch (error) {
      const pauseMs = pausesMs[failures];
      if (signal.aborted || pauseMs === undefined) throw error;
      await pause(pauseMs * (0.5 + Math.random()), signal);
    }
  }
}

/** Says nothing of the connection: the server, or something before it, was too busy or away. */
const isPassing = (status: number) => status === 408 || status === 429 || status >= 500;

/** One request and its whole answer. Rejects when it does not arrive in time, or on abort. */
export async function ask({ method, url, body }: PollRequest, signal: AbortSignal): Promise<PollAnswer> {
  const deadline = new AbortController();
  const expire = () => deadline.abort(new TryFailed('no answer in time'));
  const abandon = () => deadline.abort(signal.reason);
  let timer = setTimeout(expire, ANSWER_TIMEOUT_MS);
  signal.addEventListener('abort', abandon);
  if (signal.aborted) abandon();
  try {
    const response = await fetch(url, {
      method,
      signal: deadline.signal,
      cache: 'no-store',
      redirect: 'error',
      ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/octet-stream' } }),
    });
    const { status, headers } = response;
    const bytes = await readAll(response, () => {
      clearTimeout(timer);
      timer = setTimeout(expire, STALL_TIMEOUT_MS);
    });
    const retryAfterS = Number(headers.get('retry-after') ?? 0);
    return {
      status,
      mediaType: headers.get('content-type') ?? '',
      retryAfterMs: Number.isFinite(retryAfterS) ? retryAfterS * 1_000 : 0,
      body: bytes,
    };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abandon);
  }
}

async function readAll(response: Response, progressed: () => void): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (;;) {
    progressed();
    const part = await reader?.read();
    if (part?.value === undefined) break;
    chunks.push(part.value);
    length += part.value.length;
    if (length > ANSWER_BYTES_MAX) {
      await reader?.cancel();
      throw new TryFailed('an answer without an end');
    }
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** Rejects on abort. */
export function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abandon = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abandon);
      resolve();
    }, delayMs);
    signal.addEventListener('abort', abandon, { once: true });
    if (signal.aborted) abandon();
  });
}
