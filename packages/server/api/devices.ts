import type { DeviceRecord } from '@hongyan/core/ports';
import type { DeviceId } from '@hongyan/protocol';
import { z } from 'zod';
import { type Api, type ApiContext, failsWith, identify, signedIn } from './context.ts';
import { Problem } from './problem.ts';
import { deviceKind, pathId, visibleLine } from './schemas.ts';

const deviceSchema = z
  .object({
    deviceId: z.string(),
    name: z.string(),
    kind: deviceKind,
    createdAtMs: z.int().describe('When it signed in'),
    lastSeenAtMs: z.int().describe('Some minutes old'),
    current: z.boolean().describe('Whether it is the one that asks'),
  })
  .meta({ id: 'Device' });

const params = z.object({ deviceId: pathId });

export function deviceRoutes(api: Api, { authenticator, devices, rateLimits }: ApiContext): void {
  api.route({
    method: 'GET',
    url: '/v1/devices',
    schema: {
      summary: 'The devices that are signed in to the account, the first to do so first',
      tags: ['devices'],
      security: signedIn,
      response: { 200: z.object({ devices: z.array(deviceSchema) }), ...failsWith(401, 429) },
    },
    async handler(request) {
      const caller = await identify(authenticator, request);
      await rateLimits.account(request);
      const found = await devices.list(caller.userId);
      return { devices: found.map((device) => shown(device, caller.deviceId)) };
    },
  });

  api.route({
    method: 'PATCH',
    url: '/v1/devices/:deviceId',
    schema: {
      summary: 'Gives a device of the account another name',
      tags: ['devices'],
      security: signedIn,
      params,
      body: z.object({ name: visibleLine(64) }),
      response: { 200: deviceSchema, ...failsWith(400, 401, 404, 429) },
    },
    async handler(request) {
      const caller = await identify(authenticator, request);
      await rateLimits.account(request);
      const device = await devices.rename(caller.userId, request.params.deviceId, request.body.name);
      if (device === undefined) throw new Problem('not-found');
      return shown(device, caller.deviceId);
    },
  });

  api.route({
    method: 'DELETE',
    url: '/v1/devices/:deviceId',
    schema: {
      summary: 'Signs a device of the account out, at once',
      tags: ['devices'],
      security: signedIn,
      params,
      response: { 204: z.null(), ...failsWith(400, 401, 404, 429) },
    },
    async handler(request, reply) {
      const caller = await identify(authenticator, request);
      await rateLimits.account(request);
      if (!(await devices.revoke(caller, request.params.deviceId))) throw new Problem('not-found');
      return reply.code(204).send(null);
    },
  });
}

const shown = (
  { deviceId, name, kind, createdAtMs, lastSeenAtMs }: DeviceRecord,
  current: DeviceId,
): z.output<typeof deviceSchema> => ({
  ...{ deviceId, name, kind, createdAtMs, lastSeenAtMs },
  current: deviceId === current,
});
