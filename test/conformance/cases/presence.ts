import { strict as assert } from 'node:assert';
import { directConversationId, ErrorCode, Feature, PresenceState, TypingKind } from '@hongyan/protocol';
import type { Account } from '../../wire/running-server.ts';
import { Peer } from '../peer.ts';
import type { Case } from '../target.ts';
import { errorCode } from './session.ts';

const FEATURES = [Feature.PRESENCE];

/** A device of the account that looks at somebody, and at the conversation with them. */
async function looking(peer: Peer, own: Account, other: Account): Promise<void> {
  await peer.hello(own, { features: FEATURES });
  const conversationIds = [directConversationId(own.userId, other.userId)];
  assert.equal((await peer.ask({ case: 'watch', value: { userIds: [other.userId], conversationIds } })).case, 'done');
}

export const presenceCases: Case[] = [
  {
    rule: 'PRS-1',
    title: 'presence is for clients that asked for it, and a screen has a bound',
    async run({ door, account }) {
      const [ann, ben] = await Promise.all([account('ann'), account('ben')]);
      const peer = await Peer.connect(door);
      await peer.hello(ann);
      const watch = (userIds: string[]) => peer.ask({ case: 'watch', value: { userIds, conversationIds: [] } });
      assert.equal(errorCode(await watch([ben.userId])), ErrorCode.OUT_OF_TURN);
      peer.end();
      const other = await Peer.connect(door);
      await other.hello(ann, { features: FEATURES });
      const userIds = Array.from({ length: 201 }, () => ben.userId);
      const refused = await other.ask({ case: 'watch', value: { userIds, conversationIds: [] } });
      assert.equal(errorCode(refused), ErrorCode.LIMIT_EXCEEDED);
      other.end();
    },
  },
  {
    rule: 'PRS-7',
    title: 'who watches somebody is told that they come, and on which kind of device',
    async run({ door, account }) {
      const [ann, ben] = await Promise.all([account('ann'), account('ben')]);
      const [watcher, peer] = [await Peer.connect(door), await Peer.connect(door)];
      await looking(watcher, ann, ben);
      await peer.hello(ben, { features: FEATURES });
      await peer.ask({ case: 'stateDevice', value: { kind: 3, isIdle: false } });
      const { presences } = (await watcher.push('presenceChanged')).value;
      assert.deepEqual(presences, [
        { userId: ben.userId, state: PresenceState.ONLINE, devices: [{ kind: 3, isIdle: false }], lastSeenMs: 0 },
      ]);
      for (const one of [watcher, peer]) one.end();
    },
  },
  {
    rule: 'PRS-8',
    title: 'typing reaches who looks at the conversation, and nobody else may type in it',
    async run({ door, account }) {
      const [ann, ben, eve] = await Promise.all([account('ann'), account('ben'), account('eve')]);
      const [reader, peer, stranger] = [await Peer.connect(door), await Peer.connect(door), await Peer.connect(door)];
      await looking(reader, ann, ben);
      await looking(peer, ben, ann);
      await stranger.hello(eve, { features: FEATURES });
      const conversationId = directConversationId(ann.userId, ben.userId);
      await stranger.ask({ case: 'watch', value: { userIds: [], conversationIds: [conversationId] } });
      const typing = { case: 'typing', value: { conversationId, kind: TypingKind.TYPING } } as const;
      assert.equal(errorCode(await stranger.ask(typing)), ErrorCode.FORBIDDEN);
      peer.say(0, typing);
      const { typists } = (await reader.push('typingChanged')).value;
      assert.deepEqual(typists, [{ userId: ben.userId, kind: TypingKind.TYPING }]);
      for (const one of [reader, peer, stranger]) one.end();
    },
  },
];
