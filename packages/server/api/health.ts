import { z } from 'zod';
import type { Api } from './context.ts';

/** What load balancers and supervisors are told. */
export type Health = 'starting' | 'ok' | 'draining';

export function healthRoutes(api: Api, health: () => Health): void {
  const answer = z.object({ status: z.enum(['starting', 'ok', 'draining']) });
  api.route({
    method: 'GET',
    url: '/healthz',
    logLevel: 'warn',
    schema: {
      summary: 'Whether the server serves',
      tags: ['operation'],
      response: { 200: answer, 503: answer },
    },
    async handler(_request, reply) {
      const status = health();
      return reply.code(status === 'ok' ? 200 : 503).send({ status });
    },
  });
}
