import { directConversationId, encodeText, ID_LENGTH, idFromBytes } from '@hongyan/protocol';
import { loadConfig, openWriter } from '@hongyan/server';
import { SeededRandom } from './random/seeded-random.ts';

export interface FullAccount {
  handle: string;
  password: string;
  /** Messages in `group`. */
  messages: number;
  /** Beside the group. */
  conversations: number;
}

/** The name of the group with all the messages. */
export const FULL_GROUP = 'Everything';

/** Under way at once; the store takes many in one commit. */
const TOGETHER = 400;
const SENTENCES = [
  'Good morning! The train is late again, start without me.',
  '好的，我看一下，下午给你答复。',
  'I think we should keep the old one until the new one has been used for a week by somebody who is not us.',
  '👍',
  '明天上午十点在三楼会议室，大家带上自己的问题，我们一个一个过。',
  'See https://example.org/notes for what was said, and *please* add what I forgot:\n\n- the budget\n- the date\n- who writes to Anna',
];

/** Fills an empty directory: an account with many conversations and a group with very many messages, by the server's own decisions. */
export async function fillFullAccount(directory: string, account: FullAccount): Promise<void> {
  const random = new SeededRandom(1);
  const clock = {
    now: Date.now,
    schedule: (delayMs: number, task: () => void) => cancelling(setTimeout(task, delayMs)),
  };
  const config = loadConfig({ env: {}, defaults: { data: directory, logLevel: 'silent' } });
  await using writer = await openWriter(config, clock);
  const { handle, password } = account;
  const device = { deviceName: 'bench', deviceKind: 'web' } as const;
  const me = await writer.sessions.register({ handle, password, displayName: 'Reader', ...device });
  const others = await inPieces(account.conversations, async (index) => {
    const userId = idFromBytes('u', random.bytes(ID_LENGTH));
    const names = { handle: `peer${index}`, displayName: `Peer ${index}`, statusLine: '', passwordHash: '' };
    await writer.accounts.createUser({ userId, ...names, createdAtMs: clock.now() });
    return userId;
  });
  const say = async (userId: string, conversationId: string, index: number) => {
    const text = `${index + 1}: ${SENTENCES[index % SENTENCES.length]}`;
    const named = { conversationId, clientMessageId: `${conversationId} ${index}`, clientTimeMs: clock.now() };
    const value = { ...named, header: undefined, body: encodeText(text) };
    await writer.ask({ userId, deviceId: me.deviceId }, { case: 'sendMessage', value });
  };
  await inPieces(others.length, async (index) => {
    const other = others[index] ?? '';
    await say(other, directConversationId(me.userId, other), index);
  });
  const members = others.slice(0, 20);
  const group = await writer.createGroup(me.userId, { name: FULL_GROUP, members, clientMessageId: 'group' });
  await inPieces(account.messages, (index) => say(members[index % members.length] ?? me.userId, group, index));
  const read = { conversationId: group, deliveredSeq: account.messages + 1, readSeq: account.messages + 1 };
  await writer.ask(me, { case: 'advanceCursor', value: read });
}

const cancelling = (timer: ReturnType<typeof setTimeout>) => () => clearTimeout(timer);

async function inPieces<T>(count: number, task: (index: number) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  for (let from = 0; from < count; from += TOGETHER) {
    const length = Math.min(TOGETHER, count - from);
    done.push(...(await Promise.all(Array.from({ length }, (_, at) => task(from + at)))));
  }
  return done;
}
