import { z } from 'zod';
import { isReservedHandle } from '../logic/index.ts';
import { type Api, type ApiContext, failsWith } from './context.ts';
import { Problem } from './problem.ts';
import { deviceKind, deviceName, displayName, handle, password, sessionSchema } from './schemas.ts';

export function accountRoutes(api: Api, { sessions, rateLimits }: ApiContext): void {
  api.route({
    method: 'POST',
    url: '/v1/accounts',
    schema: {
      summary: 'Creates an account and signs this device in to it',
      tags: ['accounts'],
      body: z.object({ handle, password, displayName, deviceName, deviceKind }),
      response: { 201: sessionSchema, ...failsWith(400, 409, 429) },
    },
    onRequest: rateLimits.registration,
    async handler(request, reply) {
      if (isReservedHandle(request.body.handle)) throw new Problem('handle-taken');
      return reply.code(201).send(await sessions.register(request.body));
    },
  });
}
