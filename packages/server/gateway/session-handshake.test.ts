import { CloseCode, DEFAULT_LIMITS, ErrorCode, PLAIN_PING } from '@hongyan/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { GatewayWorld, settle } from '../testing/gateway-world.ts';
import { Peer } from '../testing/peer.ts';
import { anna } from '../testing/people.ts';

let world: GatewayWorld;

beforeEach(async () => {
  world = await GatewayWorld.create();
});

describe('handshake', () => {
  test('[SES-4] Welcome states version, identity, known features and limits; Synced follows', async () => {
    const peer = await world.online('anna');
    const [welcome] = peer.replies(1);
    expect(welcome).toMatchObject({
      case: 'welcome',
      value: { ...anna, protocolVersion: 1, features: [1], limits: DEFAULT_LIMITS },
    });
    expect(peer.pushes('synced')).toHaveLength(1);
  });

  test('[SES-1] another first command closes, and so does silence', async () => {
    const early = new Peer(world.gateway);
    early.say(1, { case: 'ping', value: PLAIN_PING });
    expect(early.closedWith).toBe(CloseCode.OUT_OF_TURN);
    const silentPeer = new Peer(world.gateway);
    world.clock.advance(9_000);
    expect(silentPeer.closedWith).toBeUndefined();
    world.clock.advance(5_000);
    expect(silentPeer.closedWith).toBe(CloseCode.HANDSHAKE_TIMEOUT);
  });

  test('[SES-1] a second Hello is refused and changes nothing', async () => {
    const peer = await world.online('anna');
    peer.say(7, {
      case: 'hello',
      value: {
        protocolVersion: 1,
        features: [],
        accessToken: 'boris',
        client: '',
        holdings: undefined,
        resume: undefined,
      },
    });
    await settle();
    expect(peer.errorOf(7)).toBe(ErrorCode.OUT_OF_TURN);
    expect(peer.session?.identity).toMatchObject(anna);
  });

  test('[SES-2] an unknown version closes', async () => {
    const peer = await world.online('anna', { version: 99 });
    expect(peer.closedWith).toBe(CloseCode.UNSUPPORTED_VERSION);
  });

  test('[SES-3, FRM-6] a forged token closes, with Closing as the only frame', async () => {
    const peer = await world.online('nobody');
    expect(peer.closedWith).toBe(CloseCode.UNAUTHENTICATED);
    expect(peer.frames).toHaveLength(1);
    expect(peer.pushes('closing')).toMatchObject([{ code: CloseCode.UNAUTHENTICATED }]);
  });

  test('[SES-5] commands sent along with Hello wait for it and are answered in order', async () => {
    const peer = new Peer(world.gateway);
    peer.hello('anna');
    peer.send(2, 'first');
    peer.send(3, 'second');
    await settle();
    expect(peer.replies(2)).toMatchObject([{ case: 'messageSent', value: { seq: 1 } }]);
    expect(peer.replies(3)).toMatchObject([{ case: 'messageSent', value: { seq: 2 } }]);
  });
});
