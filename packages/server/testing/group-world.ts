import type { Identity } from '@hongyan/core';
import {
  type Command,
  type ConversationChange,
  type ConversationId,
  EntryKind,
  ErrorCode,
  encodeConversationChange,
  encodeText,
  type Reply,
  Role,
  SYSTEM_USER_ID,
  type UserId,
} from '@hongyan/protocol';
import { createMemoryStore } from '../adapters/store/memory/index.ts';
import { createGroup } from '../logic/index.ts';
import { GatewayWorld, settle } from './gateway-world.ts';
import type { Peer } from './peer.ts';
import { testId } from './people.ts';

/** Who there is: what they are called is what they are in the group, or were. */
export const PEOPLE = [
  'owner',
  'admin',
  'member',
  'otherAdmin',
  'otherMember',
  'former',
  'stranger',
  'system',
] as const;
export type PersonName = (typeof PEOPLE)[number];

export const userIdOf = (name: PersonName): UserId =>
  name === 'system' ? SYSTEM_USER_ID : testId('u', PEOPLE.indexOf(name) + 1);
const identityOf = (name: PersonName): Identity => ({
  userId: userIdOf(name),
  deviceId: testId('d', PEOPLE.indexOf(name) + 1),
});

type Change = NonNullable<ConversationChange['change']>;
type Answer = NonNullable<Reply['body']>;

/** A group with everybody but the stranger and the system in it, from which `former` was removed, over gateway and logic. */
export class GroupWorld {
  readonly world: GatewayWorld;
  readonly group: ConversationId;
  readonly #peers = new Map<PersonName, Peer>();
  #commands = 1;
  /** Of the entry that removed `former`. */
  removedAtSeq = 0;

  private constructor(world: GatewayWorld, group: ConversationId) {
    this.world = world;
    this.group = group;
  }

  static async create(): Promise<GroupWorld> {
    const store = createMemoryStore();
    for (const name of PEOPLE) {
      const names = { handle: name, displayName: name, statusLine: '', passwordHash: '' };
      await store.accounts.createUser({ userId: userIdOf(name), ...names, createdAtMs: 0 });
    }
    const authenticate = async (token: string) => identityOf(token as PersonName);
    const world = new GatewayWorld(store, { authenticator: { authenticate } });
    const random = { bytes: (count: number) => new Uint8Array(count).fill(9) };
    const members = PEOPLE.filter((name) => name !== 'stranger' && name !== 'system').map(userIdOf);
    const founding = { name: 'Geese', members, clientMessageId: 'founding' };
    const group = await createGroup({ ...world, random }, userIdOf('owner'), founding);
    const made = new GroupWorld(world, group);
    for (const name of PEOPLE) made.#peers.set(name, await world.online(name));
    const admin = (name: PersonName) =>
      ({ case: 'roleGiven', value: { userId: userIdOf(name), role: Role.ADMIN } }) as const;
    await made.change('owner', admin('admin'));
    await made.change('owner', admin('otherAdmin'));
    const removed = await made.change('owner', { case: 'membersRemoved', value: { userIds: [userIdOf('former')] } });
    made.removedAtSeq = removed.case === 'messageSent' ? removed.value.seq : 0;
    return made;
  }

  peer(name: PersonName): Peer {
    const peer = this.#peers.get(name);
    if (peer === undefined) throw new Error(`${name} is not online`);
    return peer;
  }

  /** What somebody is answered. */
  async ask(name: PersonName, body: NonNullable<Command['body']>): Promise<Answer> {
    const id = ++this.#commands;
    this.peer(name).say(id, body);
    for (let turns = 0; turns < 50; turns++) {
      await settle();
      const [answer] = this.peer(name).replies(id);
      if (answer !== undefined) return answer;
    }
    throw new Error(`command ${id} was not answered`);
  }

  write(name: PersonName, text: string, mentions: { all?: boolean; ids?: UserId[] } = {}): Promise<Answer> {
    const { all = false, ids = [] } = mentions;
    const header = { targetSeq: 0, mentionedIds: ids, mentionsAll: all, lifetimeMs: 0, livesFromRead: false };
    const isPlain = !all && ids.length === 0;
    const value = { ...this.#named(), body: encodeText(text), header: isPlain ? undefined : header };
    return this.ask(name, { case: 'sendMessage', value });
  }

  change(name: PersonName, change: Change): Promise<Answer> {
    const body = encodeConversationChange({ change });
    const value = { ...this.#named(), kind: EntryKind.CONVERSATION_CHANGED, body };
    return this.ask(name, { case: 'changeConversation', value });
  }

  amend(name: PersonName, kind: EntryKind, targetSeq: number, body: Uint8Array = new Uint8Array()): Promise<Answer> {
    const header = { targetSeq, mentionedIds: [], mentionsAll: false, lifetimeMs: 0, livesFromRead: false };
    return this.ask(name, { case: 'changeConversation', value: { ...this.#named(), kind, header, body } });
  }

  /** The place of what somebody writes; it has to be allowed. */
  async said(name: PersonName, text: string): Promise<number> {
    const answer = await this.write(name, text);
    if (answer.case !== 'messageSent') throw new Error(`${name} could not write`);
    return answer.value.seq;
  }

  #named() {
    return { conversationId: this.group, clientMessageId: `c${++this.#commands}`, clientTimeMs: 0 };
  }
}

/** `ok`, or the name of the error. */
export function outcomeOf(answer: Answer): string {
  if (answer.case !== 'error') return 'ok';
  const { code } = answer.value;
  return Object.entries(ErrorCode).find(([, value]) => value === code)?.[0] ?? String(code);
}
