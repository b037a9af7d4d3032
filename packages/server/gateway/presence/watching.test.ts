import { ErrorCode, encodeSetting, PresenceState } from '@hongyan/protocol';
import { Relation } from '@hongyan/protocol/cluster';
import { beforeEach, describe, expect, test } from 'vitest';
import { GatewayWorld, settle } from '../../testing/gateway-world.ts';
import type { Peer } from '../../testing/peer.ts';
import { anna, boris, carla } from '../../testing/people.ts';
import { LINGER_MS } from './held-people.ts';
import { CHANGES_GATHERED_MS } from './session-watch.ts';

const FEATURES = [1, 8] as const;
const { OFFLINE, ONLINE, AWAY, DO_NOT_DISTURB } = PresenceState;

let world: GatewayWorld;

beforeEach(async () => {
  world = await GatewayWorld.create();
});

const online = (token: string) => world.online(token, { features: [...FEATURES] });

async function watch(peer: Peer, userIds: string[], conversationIds: string[] = []): Promise<void> {
  peer.say(50, { case: 'watch', value: { userIds, conversationIds } });
  await settle();
}

/** Lets what is gathered be told. */
async function gathered(ms = CHANGES_GATHERED_MS): Promise<void> {
  world.clock.advance(ms);
  await settle();
}

async function set(peer: Peer, name: string, value: string): Promise<void> {
  const record = { key: `setting/${name}`, changedAtMs: world.clock.now(), value: encodeSetting({ value }) };
  peer.say(60, { case: 'setRecord', value: { record } });
  await settle();
}

/** How somebody looks to a peer after all that it was told. */
function looks(peer: Peer, userId = boris.userId) {
  const told = peer.pushes('presenceChanged').flatMap(({ presences }) => presences);
  return told.findLast((presence) => presence.userId === userId);
}

const stateOf = (peer: Peer, userId = boris.userId) => looks(peer, userId)?.state;

describe('watching', () => {
  test('[PRS-2] who is there is told before Watch is answered, and who is not is not named', async () => {
    const watcher = await online('anna');
    await online('boris');
    await watch(watcher, [boris.userId, carla.userId]);
    expect(watcher.pushes('presenceChanged')).toMatchObject([{ presences: [{ userId: boris.userId, state: ONLINE }] }]);
    expect(watcher.pushed.at(-1)).toBe('presenceChanged');
    expect(watcher.replies(50)).toMatchObject([{ case: 'done' }]);
  });

  test('[PRS-2] another Watch takes the place of the one before, and names again who is there', async () => {
    const watcher = await online('anna');
    await online('boris');
    await watch(watcher, [boris.userId]);
    await watch(watcher, [boris.userId, carla.userId]);
    expect(watcher.pushes('presenceChanged')).toHaveLength(2);
    await watch(watcher, [carla.userId]);
    (await online('boris')).say(70, { case: 'stateDevice', value: { kind: 3, isIdle: false } });
    await gathered();
    expect(watcher.pushes('presenceChanged')).toHaveLength(2);
  });

  test('[PRS-1] without the feature nothing is watched, and too much or nobody is refused', async () => {
    const old = await world.online('carla');
    await watch(old, [boris.userId]);
    expect(old.errorOf(50)).toBe(ErrorCode.OUT_OF_TURN);
    const watcher = await online('anna');
    await watch(
      watcher,
      Array.from({ length: 201 }, () => boris.userId),
    );
    expect(watcher.errorOf(50)).toBe(ErrorCode.LIMIT_EXCEEDED);
    watcher.say(51, { case: 'watch', value: { userIds: ['nobody'], conversationIds: [] } });
    watcher.say(52, { case: 'watch', value: { userIds: [], conversationIds: Array.from({ length: 9 }, () => 'x') } });
    await settle();
    expect([watcher.errorOf(51), watcher.errorOf(52)]).toEqual([ErrorCode.INVALID_ARGUMENT, ErrorCode.LIMIT_EXCEEDED]);
  });

  test('[PRS-4] somebody is there on several kinds of devices, and away when nobody is at any of them', async () => {
    const watcher = await online('anna');
    const [desktop, phone] = [await online('boris'), await online('boris')];
    await watch(watcher, [boris.userId]);
    desktop.say(2, { case: 'stateDevice', value: { kind: 2, isIdle: true } });
    phone.say(2, { case: 'stateDevice', value: { kind: 3, isIdle: false } });
    await gathered();
    const devices = [
      { kind: 2, isIdle: true },
      { kind: 3, isIdle: false },
    ];
    expect(looks(watcher)).toMatchObject({ state: ONLINE, devices });
    phone.say(3, { case: 'stateDevice', value: { kind: 3, isIdle: true } });
    await gathered();
    expect(stateOf(watcher)).toBe(AWAY);
  });

  test('[PRS-4] a connection that comes back soon is not noticed; one that does not is gone, and seen last', async () => {
    const watcher = await online('anna');
    const first = await online('boris');
    await watch(watcher, [boris.userId]);
    first.session?.connectionLost();
    await gathered(LINGER_MS - 1_000);
    const second = await online('boris');
    await gathered(LINGER_MS);
    expect(watcher.pushes('presenceChanged')).toHaveLength(1);
    second.session?.connectionLost();
    await gathered(LINGER_MS + CHANGES_GATHERED_MS);
    expect(stateOf(watcher)).toBe(OFFLINE);
    const lastSeenMs = looks(watcher)?.lastSeenMs ?? 0;
    expect(lastSeenMs % 300_000).toBe(0);
    expect(lastSeenMs).toBeGreaterThan(0);
  });

  test('[PRS-6] when somebody was seen last is kept, and told to who asks later', async () => {
    const peer = await online('boris');
    peer.session?.connectionLost();
    await gathered(60_000);
    expect(await world.store.accounts.lastSeen([boris.userId])).toEqual([
      { userId: boris.userId, seenMs: expect.any(Number) },
    ]);
    const watcher = await online('anna');
    await watch(watcher, [boris.userId]);
    expect(looks(watcher)).toMatchObject({ state: OFFLINE, devices: [], lastSeenMs: 900_000 });
  });

  test('[PRS-7] changes within a second come together', async () => {
    const watcher = await online('anna');
    await watch(watcher, [boris.userId, carla.userId]);
    await online('boris');
    await online('carla');
    expect(watcher.pushes('presenceChanged')).toHaveLength(0);
    await gathered();
    expect(watcher.pushes('presenceChanged')).toHaveLength(1);
    expect([stateOf(watcher), stateOf(watcher, carla.userId)]).toEqual([ONLINE, ONLINE]);
  });

  test('[SES-11] what is told of presence is not counted, and a resumed session watches nothing until it says so', async () => {
    const watcher = await online('anna');
    const counted = watcher.pushed.length;
    await online('boris');
    await watch(watcher, [boris.userId]);
    watcher.session?.connectionLost();
    const resume = { sessionId: watcher.welcome?.sessionId ?? '', pushesReceived: counted };
    const again = await world.online('anna', { features: [...FEATURES], resume });
    expect(again.welcome?.resumed).toBe(true);
    expect(again.pushed).toEqual(['synced']);
    await online('boris').then((peer) => peer.say(2, { case: 'stateDevice', value: { kind: 1, isIdle: false } }));
    await gathered();
    expect(again.pushed).toEqual(['synced']);
  });
});

describe('what is chosen', () => {
  test('[PRS-3] holds for all devices, and ends at its time', async () => {
    const [watcher, peer] = [await online('anna'), await online('boris')];
    await watch(watcher, [boris.userId]);
    await set(peer, 'presence', 'do-not-disturb');
    await gathered();
    expect(stateOf(watcher)).toBe(DO_NOT_DISTURB);
    await set(peer, 'presence', `away ${world.clock.now() + 20_000}`);
    await gathered();
    expect(stateOf(watcher)).toBe(AWAY);
    await gathered(25_000);
    expect(stateOf(watcher)).toBe(ONLINE);
  });

  test('[PRS-3] invisible looks as if gone since, also to who asks later, and not to oneself', async () => {
    const [watcher, peer, own] = [await online('anna'), await online('boris'), await online('boris')];
    await watch(watcher, [boris.userId]);
    await watch(own, [boris.userId]);
    await set(peer, 'presence', 'invisible');
    await gathered();
    const sinceMs = world.clock.now() - (world.clock.now() % 300_000);
    expect(looks(watcher)).toEqual({ userId: boris.userId, state: OFFLINE, devices: [], lastSeenMs: sinceMs });
    expect(stateOf(own)).toBe(ONLINE);
    const told = watcher.pushes('presenceChanged').length;
    peer.session?.connectionLost();
    own.session?.connectionLost();
    await gathered(400_000);
    const late = await online('carla');
    await watch(late, [boris.userId]);
    expect(looks(late)?.lastSeenMs).toBe(sinceMs);
    expect(looks(watcher)?.lastSeenMs).toBe(sinceMs);
    expect(watcher.pushes('presenceChanged').length - told).toBeLessThanOrEqual(1);
  });
});

describe('privacy', () => {
  test('[PRS-5] who shows it to nobody looks like nobody is there, and nothing shows that anything happens', async () => {
    const [watcher, peer, own] = [await online('anna'), await online('boris'), await online('boris')];
    await set(peer, 'presence-visible', 'nobody');
    await watch(watcher, [boris.userId]);
    await watch(own, [boris.userId]);
    peer.say(2, { case: 'stateDevice', value: { kind: 2, isIdle: true } });
    await gathered();
    peer.session?.connectionLost();
    await gathered(LINGER_MS * 2);
    expect(watcher.pushes('presenceChanged')).toEqual([]);
    expect(stateOf(own)).toBe(ONLINE);
    await set(own, 'presence-visible', 'everyone');
    await gathered();
    expect(stateOf(watcher)).toBe(ONLINE);
    await set(own, 'presence-visible', 'friends');
    await gathered();
    expect(looks(watcher)).toMatchObject({ state: OFFLINE, lastSeenMs: 0 });
  });

  test('[PRS-5] friends see what is for friends, and a block hides both from each other as soon as it is said', async () => {
    let relation: Relation = Relation.FRIEND;
    const relations = async (userId: string, others: readonly string[]) =>
      new Map(others.filter((other) => other !== userId).map((other) => [other, relation]));
    world = await GatewayWorld.create({ relations });
    const [watcher, peer] = [await online('anna'), await online('boris')];
    await set(peer, 'presence-visible', 'friends');
    await watch(watcher, [boris.userId]);
    expect(stateOf(watcher)).toBe(ONLINE);
    relation = Relation.BLOCKED;
    const changed = { userId: anna.userId, records: [], relatedUserIds: [boris.userId], conversationId: '' };
    world.gateway.presence.sightChanged(changed);
    await gathered();
    expect(looks(watcher)).toMatchObject({ state: OFFLINE, lastSeenMs: 0 });
    await gathered(10_000);
    await gathered();
    expect(stateOf(watcher)).toBe(OFFLINE);
    relation = Relation.FRIEND;
    world.gateway.presence.sightChanged(changed);
    await gathered(4_000);
    await gathered();
    expect(stateOf(watcher)).toBe(ONLINE);
  });
});
