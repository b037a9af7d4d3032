import type { Clock } from '@hongyan/core';
import type { Api } from '../api/context.ts';
import { StartError } from '../start-error.ts';

/** Requests under way may finish within this time; a connection that says nothing is not waited for longer. */
const GRACE_MS = 1_500;

/** Answers the port, which is a free one where 0 was asked for. Rejects with StartError. */
export async function listenHttp(api: Api, { host, port }: { host: string; port: number }): Promise<number> {
  return listening(`Port ${port} on ${host}`, async () => {
    await api.listen({ host, port });
    const address = api.server.address();
    return typeof address === 'object' && address !== null ? address.port : port;
  });
}

/** Says of what somebody can do something about which address it was. */
export async function listening<T>(what: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw StartError.from(error, { listen: what });
  }
}

export async function closeHttp(api: Api, clock: Clock): Promise<void> {
  const cancel = clock.schedule(GRACE_MS, () => api.server.closeAllConnections());
  await api.close().finally(cancel);
}
