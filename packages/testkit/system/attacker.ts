import {
  type Command,
  decodeServerFrame,
  directConversationId,
  encodeCommand,
  Feature,
  FRAME_HEADER_BYTES,
  FrameReader,
  joinFrames,
  PROTOCOL_VERSION,
  type ServerFrame,
  TypingKind,
} from '@hongyan/protocol';
import type { End, Link } from '../faults/link.ts';
import type { AttackKind } from '../plan/plan.ts';
import { SeededRandom } from '../random/seeded-random.ts';

type Body = NonNullable<Command['body']>;

export interface AttackParts {
  attack: AttackKind;
  salt: number;
  /** The attacker's own account, which is a member of nothing; its token is good. */
  accessToken: string;
  /** Accounts the attacker is interested in. */
  victims: readonly string[];
}

/** P6, P9: what somebody sends who wants to break the server, or to see what is not theirs. */
export function attackBytes({ attack, salt, accessToken, victims }: AttackParts): Uint8Array {
  const random = new SeededRandom(salt);
  const [first = '', second = first] = victims;
  const conversationId = directConversationId(first, second);
  const after = (...bodies: Body[]) => frames(hello(accessToken), ...bodies);
  switch (attack) {
    case 'noise':
      return random.bytes(random.between(1, 400));
    case 'huge-length':
      return Uint8Array.from([255, 255, random.between(0, 255), 1, 2, 3]);
    case 'broken-commands':
      return joinFrames([encodeCommand({ id: 1, body: hello(accessToken) }), random.bytes(random.between(1, 60))]);
    case 'forged-token':
      return frames(hello(`${first} forged ${salt}`), fetchEntries(conversationId));
    case 'foreign-conversations':
      return after(
        fetchEntries(conversationId),
        { case: 'fetchConversation', value: { conversationId, limit: 100 } },
        sendMessage(conversationId),
        { case: 'advanceCursor', value: { conversationId, deliveredSeq: 99, readSeq: 99 } },
        { case: 'watch', value: { userIds: [], conversationIds: [conversationId] } },
        { case: 'typing', value: { conversationId, kind: TypingKind.TYPING } },
      );
    case 'odd-values':
      return after(
        fetchEntries('direct..'),
        fetchEntries(`self.${first}\u0000`),
        { case: 'fetchUserEvents', value: { afterSeq: Number.MAX_SAFE_INTEGER, limit: 0xffff_ffff } },
        sendMessage(''),
        hello(accessToken),
      );
    case 'too-much':
      return after(...Array.from({ length: random.between(300, 600) }, () => fetchEntries(conversationId)));
  }
}

const frames = (...bodies: Body[]) => joinFrames(bodies.map((body, index) => encodeCommand({ id: index + 1, body })));

const hello = (accessToken: string): Body => ({
  case: 'hello',
  value: {
    protocolVersion: PROTOCOL_VERSION,
    features: [Feature.PRESENCE],
    accessToken,
    client: 'attacker',
    holdings: undefined,
    resume: undefined,
  },
});

const fetchEntries = (conversationId: string): Body => ({
  case: 'fetchEntries',
  value: { conversationId, afterSeq: 0, beforeSeq: 0, limit: 100 },
});

const sendMessage = (conversationId: string): Body => ({
  case: 'sendMessage',
  value: { conversationId, clientMessageId: 'intruder', clientTimeMs: 0, body: Uint8Array.of(1) },
});

/** The attacker's end of a connection: shows what comes back, and never answers. */
export function attackerEnd(frameBytesMax: number, received: (frames: ServerFrame[]) => void): End {
  const reader = new FrameReader(frameBytesMax + FRAME_HEADER_BYTES);
  return {
    receive: (bytes) => received(reader.push(bytes).map(decodeServerFrame)),
    lost: () => undefined,
  };
}

/** Sends everything at once, and leaves the connection open. */
export const strike = (link: Link | undefined, bytes: Uint8Array): void => link?.send('client', bytes);
