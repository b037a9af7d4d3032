import { expect, test } from 'vitest';
import { GatewayWorld, settle } from '../testing/gateway-world.ts';

/** What was stated just before is in the store by then. */
const WRITTEN_BEHIND_MS = 1_000;

test('[SES-17] the devices of the sessions that may have lost something are asked to compare, and no others', async () => {
  const world = await GatewayWorld.create();
  const [anna, boris] = [await world.online('anna'), await world.online('boris')];
  world.gateway.askToCompare(new Set([anna.welcome?.sessionId ?? '', 'gone']));
  world.clock.advance(WRITTEN_BEHIND_MS);
  await settle();
  expect(anna.pushes('comparisonWanted')).toEqual([{ withinMs: 1_002 }]);
  expect(boris.pushes('comparisonWanted')).toEqual([]);
});

test('[SES-17] all may be asked; a session without a connection hears it when it is gone on with', async () => {
  const world = await GatewayWorld.create();
  const [anna, boris] = [await world.online('anna'), await world.online('boris')];
  const { sessionId = '' } = anna.welcome ?? {};
  anna.session?.connectionLost();
  world.gateway.askToCompare();
  world.clock.advance(WRITTEN_BEHIND_MS);
  const back = await world.online('anna', { resume: { sessionId, pushesReceived: 1 } });
  expect(back.welcome?.resumed).toBe(true);
  for (const peer of [back, boris]) expect(peer.pushes('comparisonWanted')).toHaveLength(1);
});
