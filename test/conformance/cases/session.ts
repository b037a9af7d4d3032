import { strict as assert } from 'node:assert';
import { CloseCode, ErrorCode, NO_HOLDINGS, PLAIN_PING, PROTOCOL_VERSION } from '@hongyan/protocol';
import { frameOf } from '../../wire/raw-connection.ts';
import { type CommandBody, Peer, type ReplyBody } from '../peer.ts';
import type { Case } from '../target.ts';

const helloBody = (accessToken: string, protocolVersion: number = PROTOCOL_VERSION): CommandBody => ({
  case: 'hello',
  value: { protocolVersion, features: [], accessToken, client: '', holdings: NO_HOLDINGS, resume: undefined },
});

export const errorCode = (reply: ReplyBody): ErrorCode | undefined =>
  reply.case === 'error' ? reply.value.code : undefined;

export const sessionCases: Case[] = [
  {
    rule: 'SES-1',
    title: 'the first command is Hello, or the connection ends',
    async run({ door }) {
      const peer = await Peer.connect(door);
      peer.say(1, { case: 'ping', value: PLAIN_PING });
      assert.equal((await peer.closing()).code, CloseCode.OUT_OF_TURN);
    },
  },
  {
    rule: 'SES-1',
    title: 'a second Hello is refused and changes nothing',
    async run({ door, account }) {
      const [ann, ben] = await Promise.all([account('ann'), account('ben')]);
      const peer = await Peer.connect(door);
      await peer.hello(ann);
      assert.equal(errorCode(await peer.ask(helloBody(ben.accessToken))), ErrorCode.OUT_OF_TURN);
      const sent = await peer.send(`self.${ann.userId}`, 'm1');
      assert.equal(sent.case, 'messageSent');
      peer.end();
    },
  },
  {
    rule: 'SES-2',
    title: 'a version that the server does not speak ends the connection',
    async run({ door, account }) {
      const peer = await Peer.connect(door);
      peer.say(1, helloBody((await account('ann')).accessToken, 9_999));
      assert.equal((await peer.closing()).code, CloseCode.UNSUPPORTED_VERSION);
    },
  },
  {
    rule: 'SES-3',
    title: 'a forged token ends the connection before anything is said',
    async run({ door, account }) {
      const { accessToken } = await account('ann');
      const peer = await Peer.connect(door);
      const at = accessToken.length - 8;
      const forged = accessToken.slice(0, at) + (accessToken[at] === 'A' ? 'B' : 'A') + accessToken.slice(at + 1);
      peer.say(1, helloBody(forged));
      assert.equal((await peer.closing()).code, CloseCode.UNAUTHENTICATED);
    },
  },
  {
    rule: 'SES-4',
    title: 'Welcome states version, limits and who the session is',
    async run({ door, account }) {
      const ann = await account('ann');
      const peer = await Peer.connect(door);
      peer.say(1, helloBody(ann.accessToken));
      const reply = await peer.connection.reply(1);
      assert(reply.case === 'welcome');
      const { protocolVersion, userId, limits, sessionId, resumed } = reply.value;
      assert.deepEqual(
        { protocolVersion, userId, resumed },
        { protocolVersion: 1, userId: ann.userId, resumed: false },
      );
      assert(sessionId !== '');
      for (const [name, limit] of Object.entries(limits ?? {})) assert(limit > 0, name);
      assert((limits?.heartbeatIntervalMaxMs ?? 0) >= (limits?.heartbeatIntervalMs ?? 1));
      peer.end();
    },
  },
  {
    rule: 'SES-5',
    title: 'commands sent at once are answered each by its own id, once',
    async run({ door, account }) {
      const ann = await account('ann');
      const peer = await Peer.connect(door);
      await peer.hello(ann);
      const ids = Array.from({ length: 50 }, (_, index) => 1_000 + index);
      for (const id of ids) peer.say(id, { case: 'ping', value: PLAIN_PING });
      const answers = await peer.replies(ids);
      assert([...answers.values()].every((answer) => answer.case === 'pong'));
      assert.equal((await peer.ask({ case: 'ping', value: PLAIN_PING })).case, 'pong');
      peer.end();
    },
  },
  {
    rule: 'SES-5',
    title: 'id 0 is for AdvanceCursor only',
    async run({ door, account }) {
      const peer = await Peer.connect(door);
      await peer.hello(await account('ann'));
      peer.say(0, { case: 'ping', value: PLAIN_PING });
      assert.equal(errorCode(await peer.connection.reply(0)), ErrorCode.INVALID_ARGUMENT);
      peer.end();
    },
  },
  {
    rule: 'SES-6',
    title: 'a command of an unknown kind is refused and the session goes on',
    async run({ door, account }) {
      const peer = await Peer.connect(door);
      await peer.hello(await account('ann'));
      peer.connection.send(frameOf({ id: 6, body: undefined }));
      assert.equal(errorCode(await peer.connection.reply(6)), ErrorCode.UNKNOWN_COMMAND);
      assert.equal((await peer.ask({ case: 'ping', value: PLAIN_PING })).case, 'pong');
      peer.end();
    },
  },
];
