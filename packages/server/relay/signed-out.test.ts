import { CloseCode } from '@hongyan/protocol';
import { BrokerNetwork } from '@hongyan/testkit/broker';
import { expect, test } from 'vitest';
import { createInProcessBus } from '../adapters/bus/inprocess/bus.ts';
import { createGateway } from '../gateway/index.ts';
import { settle } from '../testing/gateway-world.ts';
import { Peer } from '../testing/peer.ts';
import { anna, boris } from '../testing/people.ts';
import { RelayWorld } from '../testing/relay-world.ts';
import { askSignedOut, createRelayedAuthenticator, createRelayedLogic } from './index.ts';

/** What SES-3 states. */
const BELIEVED_MS_MAX = 300_000;
const STEP_MS = 5_000;
const logger = { debug() {}, info() {}, warn() {}, error() {} };

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await settle();
}

/** A gateway that knows no storage, two nodes with logic, and one that only signs Anna out; nobody hears of it. */
async function lostSignOut() {
  const world = new RelayWorld((parts) => new BrokerNetwork(parts));
  await world.addPeople(2);
  const [annasToken, borisToken] = [await world.addDevice(anna), await world.addDevice(boris)];
  const nodes = [world.logicNode('n1'), world.logicNode('n2')];
  const api = world.logicNode('api');
  api.announcer.leave();
  await settle();
  const { clock, relay } = world;
  let made = 0;
  const gateway = createGateway({
    logic: createRelayedLogic(relay, clock),
    authenticator: createRelayedAuthenticator(relay, clock),
    signedOut: (deviceIds) => askSignedOut(relay, clock, deviceIds),
    bus: createInProcessBus(),
    clock,
    random: { bytes: (count) => new Uint8Array(count).fill(++made) },
    logger,
    defer: queueMicrotask,
  });
  const connect = async (token: string) => {
    const peer = new Peer(gateway);
    peer.hello(token);
    await until(() => peer.welcome !== undefined || peer.closedWith !== undefined);
    return peer;
  };
  const signOut = async () => {
    world.isLost = () => true;
    await api.signOut(anna.deviceId);
    await settle();
    world.isLost = () => false;
  };
  /** Time goes on while the devices say that they are there. */
  const pass = async (ms: number, peers: readonly Peer[]) => {
    for (let passedMs = 0; passedMs < ms; passedMs += STEP_MS) {
      for (const peer of peers) {
        peer.say(2, { case: 'ping', value: { userSeq: 0, digest: 0, compare: false, nextWithinMs: 0 } });
      }
      clock.advance(STEP_MS);
      await settle();
    }
  };
  return { nodes, annasToken, borisToken, connect, signOut, pass };
}

test('[SES-3, L2] a session whose device was signed out unheard ends within five minutes, and no other does', async () => {
  const { annasToken, borisToken, connect, signOut, pass } = await lostSignOut();
  const [hers, his] = [await connect(annasToken), await connect(borisToken)];
  await signOut();
  expect(hers.closedWith).toBeUndefined();
  await pass(BELIEVED_MS_MAX, [hers, his]);
  expect(hers.closedWith).toBe(CloseCode.SESSION_REVOKED);
  expect(his.closedWith).toBeUndefined();
  expect((await connect(annasToken)).closedWith).toBe(CloseCode.UNAUTHENTICATED);
});

test('[SES-3, L2] one that was let in once more ends within five minutes of the sign-out, too', async () => {
  const { nodes, annasToken, connect, signOut, pass } = await lostSignOut();
  for (const { authenticator } of nodes) await authenticator.authenticate(annasToken);
  await signOut();
  await pass(115_000, []);
  const late = await connect(annasToken);
  expect(late.welcome).toBeDefined();
  await pass(STEP_MS, [late]);
  expect((await connect(annasToken)).closedWith).toBe(CloseCode.UNAUTHENTICATED);
  await pass(BELIEVED_MS_MAX - 115_000 - STEP_MS, [late]);
  expect(late.closedWith).toBe(CloseCode.SESSION_REVOKED);
});

test('[SES-3] what a look at a session’s device finds holds for its token, too', async () => {
  const { nodes, annasToken, connect, signOut } = await lostSignOut();
  const [, other] = nodes;
  expect(await other?.authenticator.authenticate(annasToken)).toEqual(anna);
  await connect(annasToken);
  await signOut();
  expect(await other?.authenticator.authenticate(annasToken)).toEqual(anna);
  expect(await other?.signedOut([anna.deviceId, boris.deviceId])).toEqual([anna.deviceId]);
  expect(await other?.authenticator.authenticate(annasToken)).toBeUndefined();
});
