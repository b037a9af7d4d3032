import { Agent, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { DEFAULT_LIMITS, splitFrames } from '@hongyan/protocol';
import type { Link, LinkListener } from './link.ts';

const agent = new Agent({ keepAlive: true });

/** HTTP long polling (POL) over connections that are kept alive, as browsers keep them. */
export async function connectPolling(
  port: number,
  localAddress: string | undefined,
  listener: LinkListener,
): Promise<Link> {
  const from = localAddress === undefined ? {} : { localAddress };
  const dropped = new AbortController();
  const ask = (method: string, path: string, body?: Uint8Array) =>
    new Promise<{ status: number; body: Buffer }>((resolve, reject) => {
      const headers = { 'content-type': 'application/octet-stream', 'content-length': body?.length ?? 0 };
      const { signal } = dropped;
      const asked = request({ host: '127.0.0.1', port, ...from, agent, method, path, headers, signal }, (answer) => {
        buffer(answer).then((whole) => resolve({ status: answer.statusCode ?? 0, body: whole }), reject);
      });
      asked.on('error', reject);
      asked.end(body);
    });

  const opened = await ask('POST', '/v1/poll');
  if (opened.status !== 201) throw new Error(`long polling was answered with ${opened.status}`);
  const { connectionId }: { connectionId: string } = JSON.parse(opened.body.toString());
  const path = `/v1/poll/${connectionId}`;

  const failed = (error: unknown) => {
    if (dropped.signal.aborted) return;
    dropped.abort();
    listener.onEnd(String(error));
  };

  let waiting: Uint8Array[] = [];
  let lastUpN = 0;
  let sending = false;
  const sendAll = async () => {
    sending = true;
    while (waiting.length > 0) {
      lastUpN += 1;
      const batch = Buffer.concat(waiting);
      waiting = [];
      const { status } = await ask('POST', `${path}/up?n=${lastUpN}`, batch);
      if (status !== 204) throw new Error(`frames were answered with ${status}`);
    }
    sending = false;
  };

  const receiveAll = async () => {
    for (let n = 1; ; ) {
      const { status, body } = await ask('GET', `${path}/down?n=${n}`);
      if (status === 200) {
        n += 1;
        listener.onFrames([...splitFrames(body, DEFAULT_LIMITS.frameBytesMax * 2)]);
      } else if (status !== 204) throw new Error(`asking was answered with ${status}`);
    }
  };
  receiveAll().catch(failed);

  return {
    write(frames) {
      waiting.push(frames);
      if (!sending) sendAll().catch(failed);
    },
    drop: () => dropped.abort(),
  };
}
