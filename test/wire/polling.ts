import { request } from 'node:http';

/** An answer as it is. */
export interface HttpAnswer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
}

/** One request over a TCP connection of its own. `pathAndQuery` is as it is. */
export function http(
  port: number,
  method: string,
  pathAndQuery: string,
  body?: Uint8Array,
  headers: Record<string, string> = {},
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const type = body === undefined ? {} : { 'content-type': 'application/octet-stream' };
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        method,
        path: pathAndQuery,
        agent: false,
        headers: { ...type, 'content-length': body?.length ?? 0, ...headers },
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** A polled connection that sends whatever bytes it is given, each write as a request of its own. */
export async function openPolling(port: number) {
  const opened = await http(port, 'POST', '/v1/poll');
  if (opened.status !== 201) throw new Error(`POST /v1/poll was answered with ${opened.status}`);
  const { connectionId }: { connectionId: string } = JSON.parse(opened.body.toString());
  const path = `/v1/poll/${connectionId}`;
  let lastUpN = 0;
  let writing: Promise<unknown> = Promise.resolve();
  return {
    path,
    /** Passes on what comes until the server has ended the connection, or is gone. */
    async receive(onBytes: (bytes: Buffer) => void): Promise<void> {
      for (let n = 1; ; ) {
        const answer = await http(port, 'GET', `${path}/down?n=${n}`).catch(() => undefined);
        if (answer?.status === 200) {
          n += 1;
          onBytes(answer.body);
        } else if (answer?.status !== 204) return;
      }
    },
    write(bytes: Uint8Array): void {
      lastUpN += 1;
      const n = lastUpN;
      writing = writing.then(() => http(port, 'POST', `${path}/up?n=${n}`, bytes)).catch(() => {});
    },
    drop(): void {
      void writing.then(() => http(port, 'DELETE', path)).catch(() => {});
    },
  };
}
