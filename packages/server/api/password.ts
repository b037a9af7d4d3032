import { z } from 'zod';
import { type Api, type ApiContext, failsWith, identify, signedIn } from './context.ts';
import { password } from './schemas.ts';

export function passwordRoutes(api: Api, { authenticator, sessions, rateLimits }: ApiContext): void {
  api.route({
    method: 'PUT',
    url: '/v1/password',
    schema: {
      summary: 'Changes the password, and signs all other devices of the account out',
      tags: ['accounts'],
      security: signedIn,
      body: z.object({ currentPassword: password, newPassword: password }),
      response: { 204: z.null(), ...failsWith(400, 401, 429) },
    },
    async handler(request, reply) {
      const caller = await identify(authenticator, request);
      await rateLimits.password(request);
      await sessions.changePassword(caller, request.body);
      return reply.code(204).send(null);
    },
  });
}
