import { type Command, type Content, type Entry, EntryKind, encodeContent, type ServerFrame } from '@hongyan/protocol';

const ALICE = 'u0123456789abcdef';
const BOB = 'u23456789abcdefgh';
const CONVERSATION = `direct.${ALICE}.${BOB}`;
const TIME_MS = 1_780_000_000_123;
const PAGE_ENTRIES = 50;
const STATED_POSITIONS = 200;

const english: Content = {
  kind: {
    case: 'text',
    value: { text: 'See you at the station at eight, by the clock. I bring the tickets, you bring tea!' },
  },
  replyToSeq: 0,
};

/** A text of which every character takes three bytes. */
export const chinese: Content = {
  kind: { case: 'text', value: { text: '明早八点在车站的大钟下见。我带车票，你带茶叶！' } },
  replyToSeq: 0,
};

const entry = (seq: number): Entry => ({
  conversationId: CONVERSATION,
  seq,
  kind: EntryKind.MESSAGE,
  senderId: ALICE,
  clientMessageId: `m${String(seq).padStart(24, '0')}`,
  clientTimeMs: TIME_MS,
  serverTimeMs: TIME_MS + 41,
  body: encodeContent(seq % 2 === 0 ? english : chinese),
});

export const send: Command = {
  id: 77,
  body: {
    case: 'sendMessage',
    value: {
      conversationId: CONVERSATION,
      clientMessageId: 'm0123456789abcdefghjkmnpq',
      clientTimeMs: TIME_MS,
      body: encodeContent(english),
    },
  },
};

export const push: ServerFrame = { frame: { case: 'push', value: { body: { case: 'entry', value: entry(1_234) } } } };

/** A page of entries, as a device that was away gets them. */
export const page: ServerFrame = {
  frame: {
    case: 'reply',
    value: {
      id: 78,
      body: {
        case: 'entryPage',
        value: {
          conversationId: CONVERSATION,
          entries: Array.from({ length: PAGE_ENTRIES }, (_, at) => entry(1_000 + at)),
          lastSeq: 2_000,
          changes: [],
        },
      },
    },
  },
};

/** What a device states that holds many conversations: nothing but integers. */
export const positions: Command = {
  id: 79,
  body: {
    case: 'statePositions',
    value: {
      positions: Array.from({ length: STATED_POSITIONS }, (_, at) => ({
        conversationHash: 0x9e37_79b9_7f4a + at * 0x1_0000_01,
        seq: 1_000 + at,
        readSeq: 990 + at,
        cursorSum: 4_000 + at,
      })),
    },
  },
};
