import { strict as assert } from 'node:assert';
import { CloseCode, DEFAULT_LIMITS, PLAIN_PING } from '@hongyan/protocol';
import { frameOf } from '../../wire/raw-connection.ts';
import { Peer } from '../peer.ts';
import type { Case } from '../target.ts';

const ping = (id: number) => frameOf({ id, body: { case: 'ping', value: PLAIN_PING } });

/** The frame's length first, as FRM-1 has it. */
const framed = (...bytes: number[]) => Uint8Array.from([0, 0, 0, bytes.length, ...bytes]);

export const frameCases: Case[] = [
  {
    rule: 'FRM-1, FRM-2',
    title: 'several frames in one write are several commands',
    async run({ door, account }) {
      const peer = await Peer.connect(door);
      await peer.hello(await account('ann'));
      peer.connection.send(Buffer.concat([ping(7), ping(8), ping(9)]));
      for (const id of [7, 8, 9]) assert.equal((await peer.connection.reply(id)).case, 'pong');
      peer.end();
    },
  },
  {
    rule: 'FRM-3, FRM-6',
    title: 'a length beyond the limit closes before its bytes come',
    async run({ door, account }) {
      const peer = await Peer.connect(door);
      await peer.hello(await account('ann'));
      const length = new Uint8Array(4);
      new DataView(length.buffer).setUint32(0, DEFAULT_LIMITS.frameBytesMax + 1);
      peer.connection.send(length);
      assert.equal((await peer.closing()).code, CloseCode.FRAME_TOO_LARGE);
    },
  },
  {
    rule: 'FRM-4, FRM-6',
    title: 'bytes that are no command close as malformed',
    async run({ door, account }) {
      const peer = await Peer.connect(door);
      await peer.hello(await account('ann'));
      peer.connection.send(framed(0x08, 0x80));
      assert.equal((await peer.closing()).code, CloseCode.MALFORMED);
    },
  },
  {
    rule: 'FRM-4',
    title: 'fields that the server does not know are passed over',
    async run({ door, account }) {
      const peer = await Peer.connect(door);
      await peer.hello(await account('ann'));
      // id 5, an empty Ping, and field 2000 with the number 1.
      peer.connection.send(framed(0x08, 0x05, 0x1a, 0x00, 0x80, 0x7d, 0x01));
      assert.equal((await peer.connection.reply(5)).case, 'pong');
      peer.end();
    },
  },
  {
    rule: 'FRM-5',
    title: 'an integer above 2^53 − 1 is malformed',
    async run({ door, account }) {
      const peer = await Peer.connect(door);
      await peer.hello(await account('ann'));
      // FetchUserEvents with after_seq = 2^63.
      peer.connection.send(
        framed(0x08, 0x05, 0x42, 0x0b, 0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01),
      );
      assert.equal((await peer.closing()).code, CloseCode.MALFORMED);
    },
  },
];
