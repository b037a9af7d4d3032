import { z } from 'zod';
import type { Allocations } from '../allocation/index.ts';
import { type Api, type ApiContext, failsWith, identify, signedIn } from './context.ts';

const gatewaySchema = z
  .object({
    url: z.string().describe('Where it is reached, as `https://g1.example.org`; empty: where this call was made to'),
    tcpPort: z.int().optional().describe('Where it takes plain TCP, at the same host'),
  })
  .meta({ id: 'Gateway' });

const allocated = z.object({
  status: z.literal('allocated'),
  gateways: z.array(gatewaySchema).describe('To be tried in this order; none: connect where this call was made to'),
  keepForMs: z.int().describe('How long there is no need to ask again while one of them can be reached'),
});

const queued = z.object({
  status: z.literal('queued'),
  place: z.int().describe('1 is the next one'),
  retryAfterMs: z.int().describe('Whoever asks again after this, and not before, with the ticket, moves up'),
  ticket: z.string().optional().describe('Keeps the place; absent when the line was full too'),
});

export interface GatewayRoutes extends ApiContext {
  allocations: Allocations;
}

export function gatewayRoutes(api: Api, { allocations, authenticator, rateLimits }: GatewayRoutes): void {
  api.route({
    method: 'POST',
    url: '/v1/gateways',
    schema: {
      summary: 'Says which gateway to connect to, or that all are full and what place in the line this device has',
      tags: ['gateways'],
      security: signedIn,
      body: z.object({ ticket: z.string().max(256).optional().describe('From the last answer, to keep the place') }),
      response: {
        200: z.discriminatedUnion('status', [allocated, queued]).meta({ id: 'Allocation' }),
        ...failsWith(400, 401, 429),
      },
    },
    onRequest: rateLimits.account,
    async handler(request) {
      const { deviceId } = await identify(authenticator, request);
      return allocations.allocate({ deviceId, ticket: request.body.ticket });
    },
  });
}
