import {
  absorbHead,
  BoundedMap,
  type Conversation,
  type ConversationHead,
  emptyConversation,
  isMember,
  type Store,
  storedConversation,
} from '@hongyan/core';
import {
  type ConversationId,
  ConversationKind,
  ErrorCode,
  ProtocolError,
  parseConversationId,
  SYSTEM_USER_ID,
  type UserId,
} from '@hongyan/protocol';

const CONVERSATIONS_MAX = 100_000;

/**
 * The conversations in use, loaded from the store when first asked for. One that was forgotten and loaded again is another
 * object whose cursors may lag behind, which is why whoever keeps cursors merges them by max.
 */
export class Conversations {
  readonly #store: Store;
  readonly #known = new BoundedMap<ConversationId, Conversation>(CONVERSATIONS_MAX);
  /** The same ones as devices name them; undefined where one hash fits two. */
  readonly #byHash = new BoundedMap<number, Conversation | undefined>(CONVERSATIONS_MAX);
  readonly #loading = new Map<ConversationId, Promise<Conversation>>();

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * The conversation, at once when it is in use and else as a promise; all who wait for it go on in the order in which they
   * asked, before anybody has it at once. Throws or rejects with ProtocolError: INVALID_ARGUMENT for an impossible id,
   * FORBIDDEN for a non-member, and also where there is no such group; NOT_FOUND when an account in the id does not exist.
   */
  open(id: ConversationId, userId: UserId): Conversation | Promise<Conversation> {
    const known = this.#loading.has(id) ? undefined : this.#known.get(id);
    if (known === undefined || !mayOpen(known, userId)) return this.#loadFor(id, userId);
    this.#touch(known);
    return known;
  }

  /** A group for who is not a member of it yet. Rejects with ProtocolError INVALID_ARGUMENT, or FORBIDDEN as a wrong link does. */
  async openToJoin(id: ConversationId): Promise<Conversation> {
    if (parseConversationId(id)?.kind !== ConversationKind.GROUP) {
      throw new ProtocolError(ErrorCode.INVALID_ARGUMENT, 'conversation_id is not that of a group');
    }
    return (this.#loading.get(id) ?? this.#load(id)).catch(refuseUnknown(notByThisLink));
  }

  /** One that is in use, which it goes on to be. */
  use(id: ConversationId): Conversation | undefined {
    const known = this.#known.get(id);
    if (known !== undefined) this.#touch(known);
    return known;
  }

  /** Takes one into use that is not, without a check of membership: for those that the store itself listed for an account. */
  adopt(conversation: Conversation): Conversation {
    const { id, hash } = conversation;
    const namesake = this.#byHash.get(hash);
    this.#known.set(id, conversation);
    this.#byHash.set(hash, namesake === undefined || namesake.id === id ? conversation : undefined);
    return conversation;
  }

  /** One that is in use, without using it. */
  peek(id: ConversationId): Conversation | undefined {
    return this.#known.get(id);
  }

  /** One that is in use and has `userId` as a member, by its hash. */
  byHash(hash: number, userId: UserId): Conversation | undefined {
    const known = this.#byHash.get(hash);
    return known !== undefined && isMember(known, userId) ? known : undefined;
  }

  /** Reads the head again: somebody knows more of this conversation than this process does. */
  async refresh(conversation: Conversation): Promise<void> {
    const head = await this.#store.log.head(conversation.id);
    if (head !== undefined) absorbHead(conversation, head);
  }

  /** Takes over a head that may not have all members; where it has newer facts, the whole one is read. */
  async absorb(conversation: Conversation, head: ConversationHead): Promise<Conversation> {
    absorbHead(conversation, head);
    if ((head.facts?.seq ?? 0) > conversation.facts.seq) await this.refresh(conversation);
    return conversation;
  }

  #touch(conversation: Conversation): void {
    this.#known.touch(conversation.id, conversation);
    if (this.#byHash.get(conversation.hash) === conversation) this.#byHash.touch(conversation.hash, conversation);
  }

  #loadFor(id: ConversationId, userId: UserId): Promise<Conversation> {
    const parsed = parseConversationId(id);
    if (parsed === undefined) throw new ProtocolError(ErrorCode.INVALID_ARGUMENT, 'conversation_id is not one');
    if (parsed.members?.some((member) => member === userId) === false) throw notAMember();
    const loading = this.#loading.get(id) ?? this.#load(id);
    if (parsed.members !== undefined) return loading;
    const admitted = loading.then((conversation) => this.#admit(conversation, userId));
    return userId === SYSTEM_USER_ID ? admitted : admitted.catch(refuseUnknown(notAMember));
  }

  /** Somebody may have become a member by an entry that another process wrote. */
  async #admit(conversation: Conversation, userId: UserId): Promise<Conversation> {
    if (mayOpen(conversation, userId)) return conversation;
    const member = await this.#store.log.member(conversation.id, userId);
    if (member?.untilSeq === 0) await this.refresh(conversation);
    if (isMember(conversation, userId)) return conversation;
    throw notAMember();
  }

  #load(id: ConversationId): Promise<Conversation> {
    const known = this.use(id);
    if (known !== undefined) return Promise.resolve(known);
    const loading = this.#read(id);
    const loaded = () => void this.#loading.delete(id);
    loading.then(loaded, loaded);
    this.#loading.set(id, loading);
    return loading;
  }

  async #read(id: ConversationId): Promise<Conversation> {
    const head = await this.#store.log.head(id);
    const conversation = head === undefined ? emptyConversation(id) : storedConversation(head);
    if (conversation === undefined) throw new ProtocolError(ErrorCode.NOT_FOUND, 'there is no such group');
    if (head === undefined) await this.#checkAccountsExist(conversation);
    const known = this.use(id);
    if (known === undefined) return this.adopt(conversation);
    if (head !== undefined) absorbHead(known, head);
    return known;
  }

  async #checkAccountsExist(conversation: Conversation): Promise<void> {
    const found = await this.#store.accounts.usersById(conversation.members);
    if (found.length < conversation.members.length) {
      throw new ProtocolError(ErrorCode.NOT_FOUND, 'an account of this conversation does not exist');
    }
  }
}

/** The system is a member of no group, and at home in each (API-2). */
const mayOpen = (conversation: Conversation, userId: UserId): boolean =>
  isMember(conversation, userId) || (userId === SYSTEM_USER_ID && conversation.kind === ConversationKind.GROUP);

const notAMember = () => new ProtocolError(ErrorCode.FORBIDDEN, 'not a member of this conversation');
const notByThisLink = () => new ProtocolError(ErrorCode.FORBIDDEN, 'not allowed to join by this link');

/** Who does not belong to a group is not told whether there is one (LOG-4). */
const refuseUnknown =
  (refusal: () => ProtocolError) =>
  (error: unknown): never => {
    throw error instanceof ProtocolError && error.code === ErrorCode.NOT_FOUND ? refusal() : error;
  };
