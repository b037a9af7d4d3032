import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

export interface ApiAnswer {
  status: number;
  body: string;
  headers?: Record<string, string>;
}

/** A server that answers by method and path as a test wants, on a port of its own. Give `close` to the test's end. */
export async function httpApi(
  answer: (method: string, path: string, body: string) => ApiAnswer,
): Promise<{ url: string; close: () => void }> {
  const server = createServer(async (request, response) => {
    const { status, body, headers = {} } = answer(request.method ?? '', request.url ?? '', await text(request));
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
