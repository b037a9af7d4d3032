import { z } from 'zod';
import { type Api, type ApiContext, failsWith, identify, signedIn } from './context.ts';
import { personOf } from './people.ts';
import { Problem } from './problem.ts';
import { displayName, personSchema, statusLine } from './schemas.ts';

export function profileRoutes(api: Api, { accounts, authenticator, rateLimits }: ApiContext): void {
  api.route({
    method: 'GET',
    url: '/v1/profile',
    schema: {
      summary: 'The signed-in account, as others see it',
      tags: ['profile'],
      security: signedIn,
      response: { 200: personSchema, ...failsWith(401, 429) },
    },
    async handler(request) {
      const { userId } = await identify(authenticator, request);
      await rateLimits.account(request);
      const user = await accounts.userById(userId);
      if (user === undefined) throw new Problem('unauthenticated');
      return personOf(user);
    },
  });

  api.route({
    method: 'PATCH',
    url: '/v1/profile',
    schema: {
      summary: 'Changes what is given and leaves the rest',
      tags: ['profile'],
      security: signedIn,
      body: z.object({ displayName: displayName.optional(), statusLine: statusLine.optional() }),
      response: { 200: personSchema, ...failsWith(400, 401, 429) },
    },
    async handler(request) {
      const { userId } = await identify(authenticator, request);
      await rateLimits.account(request);
      const user = await accounts.updateProfile(userId, request.body);
      if (user === undefined) throw new Problem('unauthenticated');
      return personOf(user);
    },
  });
}
