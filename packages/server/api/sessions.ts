import { z } from 'zod';
import { type Api, type ApiContext, failsWith, identify, signedIn } from './context.ts';
import { deviceKind, deviceName, handle, password, sessionSchema } from './schemas.ts';

export function sessionRoutes(api: Api, { sessions, devices, authenticator, rateLimits }: ApiContext): void {
  api.route({
    method: 'POST',
    url: '/v1/sessions',
    schema: {
      summary: 'Signs a device in',
      tags: ['sessions'],
      body: z.object({ handle, password, deviceName, deviceKind }),
      response: { 201: sessionSchema, ...failsWith(400, 401, 429) },
    },
    onRequest: rateLimits.signIn,
    preHandler: rateLimits.signInToHandle,
    async handler(request, reply) {
      return reply.code(201).send(await sessions.signIn(request.body));
    },
  });

  api.route({
    method: 'POST',
    url: '/v1/sessions/refresh',
    schema: {
      summary: 'Renews a session; repeating it gives the same next refresh token, until that one was used',
      tags: ['sessions'],
      body: z.object({ refreshToken: z.string().max(256) }),
      response: { 200: sessionSchema, ...failsWith(400, 401, 429) },
    },
    onRequest: rateLimits.refresh,
    handler: (request) => sessions.refresh(request.body.refreshToken),
  });

  api.route({
    method: 'DELETE',
    url: '/v1/sessions/current',
    schema: {
      summary: 'Signs this device out',
      tags: ['sessions'],
      security: signedIn,
      response: { 204: z.null(), ...failsWith(401) },
    },
    async handler(request, reply) {
      await devices.signOut(await identify(authenticator, request));
      return reply.code(204).send(null);
    },
  });
}
