import {
  type ConversationId,
  directConversationId,
  encodeContent,
  ID_LENGTH,
  idFromBytes,
  selfConversationId,
  type UserId,
} from '@hongyan/protocol';
import { Engine } from './engine/engine.ts';
import type { EngineNotice, EngineSnapshot } from './engine/types.ts';
import { Rest } from './rest.ts';
import { Listeners } from './shell/listeners.ts';
import { type Neighbours, platformNeighbours } from './shell/neighbours.ts';
import { People } from './shell/people.ts';
import { platform } from './shell/platform.ts';
import { AccountSettings } from './shell/records.ts';
import { Runner } from './shell/runner.ts';
import { SendHandles } from './shell/send-handles.ts';
import { SessionKeeper } from './shell/session-keeper.ts';
import { Tabs } from './shell/tabs.ts';
import { Timelines } from './shell/timelines.ts';
import type { ClientStore, SessionRecord } from './stores/store.ts';
import { fallbackTransport } from './transports/fallback.ts';
import { longPollingTransport } from './transports/long-polling.ts';
import type { Transport } from './transports/transport.ts';
import { webSocketTransport } from './transports/websocket.ts';
import {
  type Client,
  type ClientEvents,
  type ConnectionState,
  type Conversation,
  type Credentials,
  type Me,
  type Person,
  SdkError,
  type SendHandle,
  type Timeline,
  type Unsubscribe,
} from './types.ts';

export interface ClientOptions {
  /** Where the server is: `http://host:port` or `https://host`. */
  server: string;
  store: ClientStore;
  /** How to reach it; without one, WebSocket, and long polling where only plain HTTP gets through. */
  transport?: Transport;
  /** How clients on the same store find each other, when it is not as the tabs of a browser do. */
  neighbours?: Neighbours;
  /** Name and version of the program, for the server's logs. */
  clientName?: string;
}

/** Works on plain HTTP too, where browsers offer no `crypto.randomUUID`. */
const newMessageId = () => idFromBytes('m', crypto.getRandomValues(new Uint8Array(ID_LENGTH + 8)));

const EMPTY: EngineSnapshot = { userSeq: 0, conversations: [], outbox: [], records: [] };

/** A client for one account on this device. Does nothing until `start`, `signIn` or `register`. */
export function createClient(options: ClientOptions): Client {
  return new HongyanClient(options);
}

/** The impure shell: platform, REST and listeners around the engine, which decides. */
class HongyanClient implements Client {
  readonly #store: ClientStore;
  readonly #rest: Rest;
  readonly #engine: Engine;
  readonly #runner: Runner;
  readonly #sessions: SessionKeeper;
  readonly #people: People;
  readonly #handles: SendHandles;
  readonly #timelines: Timelines;
  readonly #records: AccountSettings;
  readonly #tabs: Tabs;
  readonly #listeners: { [E in keyof ClientEvents]: Listeners<ClientEvents[E]> } = {
    connection: new Listeners(),
    me: new Listeners(),
    conversations: new Listeners(),
    message: new Listeners(),
    person: new Listeners(),
    draft: new Listeners(),
    setting: new Listeners(),
    error: new Listeners(),
  };
  readonly #released = new AbortController();
  #listIsStale = false;

  constructor({ server, store, transport, neighbours, clientName }: ClientOptions) {
    this.#store = store;
    this.#rest = new Rest(server);
    this.#sessions = new SessionKeeper(this.#rest, store);
    this.#engine = new Engine({ clientName: clientName ?? 'hongyan-sdk' });
    this.#runner = new Runner({
      engine: this.#engine,
      transport: transport ?? defaultTransport(server),
      store,
      sessions: this.#sessions,
      notice: (notice) => this.#notice(notice),
      tell: (word) => this.#tabs.tell(word),
    });
    this.#tabs = new Tabs({
      store,
      neighbours: neighbours ?? platformNeighbours,
      dispatch: (event) => this.#runner.dispatch(event),
      isOffline: () => this.connection.status === 'offline',
      failed: (cause) => this.#listeners.error.emit(new SdkError('store', 'the outbox could not be read', { cause })),
    });
    this.#people = new People({
      fetch: async (userIds) => this.#rest.people(userIds, await this.#sessions.accessToken()),
      known: (person) => this.#personKnown(person),
      save: (people) => void this.#savePeople(people),
    });
    this.#handles = new SendHandles(this.#engine);
    this.#timelines = new Timelines(this.#engine, (event) => this.#runner.dispatch(event));
    this.#records = new AccountSettings({
      engine: this.#engine,
      dispatch: (event) => this.#runner.dispatch(event),
      draft: (change) => this.#listeners.draft.emit(change),
      setting: (change) => this.#listeners.setting.emit(change),
    });
    this.#watchNetwork();
  }

  get connection(): ConnectionState {
    return this.#engine.connection();
  }

  get me(): Me | undefined {
    return this.#sessions.me;
  }

  get conversations(): readonly Conversation[] {
    return this.#engine.conversations();
  }

  get notesToSelf(): ConversationId {
    return selfConversationId(this.#requiredMe.userId);
  }

  async start(): Promise<Me | undefined> {
    if (this.me) return this.me;
    const snapshot = await this.#store.load().catch((cause: unknown) => {
      if (cause instanceof SdkError) throw cause;
      throw new SdkError('store', 'the store could not be read', { cause });
    });
    if (!snapshot?.session) return undefined;
    const { me } = snapshot.session;
    this.#sessions.restore(snapshot.session);
    this.#people.restore([...snapshot.people.filter(({ userId }) => userId !== me.userId), me]);
    return this.#begin(me, snapshot);
  }

  async register(account: Credentials & { displayName: string; deviceName?: string }): Promise<Me> {
    return this.#enter(await this.#rest.register(account));
  }

  async signIn(account: Credentials & { deviceName?: string }): Promise<Me> {
    return this.#enter(await this.#rest.signIn(account));
  }

  async signOut(): Promise<void> {
    if (!this.me) return;
    try {
      await this.#rest.signOut(await this.#sessions.accessToken());
    } catch (error) {
      // What the device holds is erased in any case; the server's session ends with its refresh token.
      this.#listeners.error.emit(asSdkError(error));
    }
    this.#runner.dispatch({ type: 'signedOut' });
    await this.#forget('signed out');
  }

  async updateProfile(profile: { displayName?: string; statusLine?: string }): Promise<Me> {
    const accessToken = await this.#accessToken();
    const { displayName, statusLine } = await this.#rest.updateProfile(profile, accessToken);
    const me = await this.#renameMe({ displayName, statusLine });
    this.#people.learn([me]);
    return me;
  }

  async findPeople(text: string): Promise<Person[]> {
    const people = await this.#rest.findPeople(text, await this.#accessToken());
    if (this.me) this.#people.learn(people);
    return people;
  }

  person(userId: UserId): Person | undefined {
    return this.me ? this.#people.get(userId) : undefined;
  }

  reconnectNow(): void {
    this.#runner.dispatch({ type: 'networkChanged', online: true });
  }

  conversationWith(userId: UserId): ConversationId {
    const { userId: own } = this.#requiredMe;
    return userId === own ? selfConversationId(own) : directConversationId(own, userId);
  }

  openTimeline(conversationId: ConversationId): Timeline {
    return this.#timelines.open(conversationId);
  }

  sendText(conversationId: ConversationId, text: string): SendHandle {
    void this.#requiredMe;
    const clientMessageId = newMessageId();
    const body = encodeContent({ kind: { case: 'text', value: { text } } });
    const handle = this.#handles.create(clientMessageId, conversationId);
    this.#runner.dispatch({ type: 'messageComposed', conversationId, clientMessageId, body });
    if (this.#engine.messageState({ conversationId, clientMessageId, seq: undefined })) return handle;
    this.#handles.discarded(clientMessageId);
    throw new SdkError('refused', 'the outbox is full');
  }

  draft(conversationId: ConversationId): string {
    return this.#records.draft(conversationId);
  }

  setDraft(conversationId: ConversationId, text: string): void {
    void this.#requiredMe;
    this.#records.setDraft(conversationId, text);
  }

  setting(name: string): string | undefined {
    return this.#records.setting(name);
  }

  setSetting(name: string, value: string): void {
    void this.#requiredMe;
    this.#records.setSetting(name, value);
  }

  markUnread(conversationId: ConversationId): void {
    this.#runner.dispatch({ type: 'conversationMarkedUnread', conversationId });
  }

  markRead(conversationId: ConversationId): void {
    this.#runner.dispatch({ type: 'conversationRead', conversationId });
  }

  clearConversation(conversationId: ConversationId): void {
    this.#runner.dispatch({ type: 'conversationCleared', conversationId });
  }

  restoreConversation(conversationId: ConversationId): void {
    this.#runner.dispatch({ type: 'conversationRestored', conversationId });
  }

  retry(messageId: string): void {
    this.#runner.dispatch({ type: 'messageRetried', clientMessageId: messageId });
  }

  discard(messageId: string): void {
    this.#runner.dispatch({ type: 'messageDiscarded', clientMessageId: messageId });
    if (!this.#engine.outbox().some(({ clientMessageId }) => clientMessageId === messageId)) {
      this.#handles.discarded(messageId);
    }
  }

  on<E extends keyof ClientEvents>(event: E, listener: (payload: ClientEvents[E]) => void): Unsubscribe {
    return this.#listeners[event].add(listener);
  }

  async close(): Promise<void> {
    this.#released.abort();
    await this.#runner.close();
    this.#tabs.end();
    this.#people.clear();
    this.#handles.abandonAll('the client was closed');
    this.#timelines.abandonAll('the client was closed');
    await this.#store.close();
  }

  get #requiredMe(): Me {
    if (!this.me) throw new SdkError('signed-out', 'nobody is signed in');
    return this.me;
  }

  async #accessToken(): Promise<string> {
    return this.#sessions.accessToken().catch((error: unknown) => {
      throw asSdkError(error);
    });
  }

  async #enter(session: SessionRecord): Promise<Me> {
    if (this.me) await this.signOut();
    // Another tab may have written after a sign-out, or the program have died in it.
    await this.#store.clear();
    await this.#sessions.save(session);
    this.#people.learn([session.me]);
    return this.#begin(session.me, EMPTY);
  }

  #begin(me: Me, snapshot: EngineSnapshot): Me {
    const { userId, deviceId } = me;
    this.#runner.dispatch({ type: 'signedIn', account: { userId, deviceId }, snapshot });
    this.#tabs.begin(deviceId);
    this.#listeners.me.emit(me);
    this.#staleList();
    return me;
  }

  async #forget(reason: string): Promise<void> {
    const deviceId = this.me?.deviceId;
    this.#tabs.end();
    this.#sessions.forget();
    this.#people.clear();
    this.#handles.abandonAll(reason);
    this.#timelines.abandonAll(reason);
    this.#listeners.me.emit(undefined);
    this.#staleList();
    // Another tab may have signed in again meanwhile; that session is not this one's to erase.
    const stored = await this.#store.session();
    if (stored?.me.deviceId === deviceId) await this.#store.clear();
  }

  #notice(notice: EngineNotice): void {
    switch (notice.type) {
      case 'connection':
        if (notice.state.status === 'online') {
          this.#people.refresh();
          this.#tabs.tell({ type: 'online' });
        }
        this.#listeners.connection.emit(notice.state);
        return;
      case 'conversation':
        this.#handles.conversationChanged(notice.conversationId);
        this.#timelines.conversationChanged(notice.conversationId);
        this.#staleList();
        return;
      case 'message':
        this.#listeners.message.emit(notice.message);
        return;
      case 'sent':
        this.#handles.sent(notice.clientMessageId, notice.seq);
        return;
      case 'record':
        this.#records.changed(notice.key);
        return;
      case 'olderLoaded':
      case 'olderFailed':
        this.#timelines.answered(notice);
        return;
      case 'error':
        this.#listeners.error.emit(new SdkError(notice.code, notice.reason));
        return;
      case 'sessionEnded':
        this.#listeners.error.emit(new SdkError('signed-out', 'the server ended the session of this device'));
        this.#forget('the session ended').catch((error: unknown) => this.#listeners.error.emit(asSdkError(error)));
    }
  }

  /** One's own profile may have been changed on another device. */
  #personKnown(person: Person): void {
    const { me } = this;
    const { displayName, statusLine } = person;
    if (me?.userId === person.userId && (me.displayName !== displayName || me.statusLine !== statusLine)) {
      this.#renameMe({ displayName, statusLine }).catch((error: unknown) =>
        this.#listeners.error.emit(asSdkError(error)),
      );
    }
    this.#listeners.person.emit(person);
  }

  async #renameMe(changes: { displayName: string; statusLine: string }): Promise<Me> {
    const me = await this.#sessions.updateMe(changes);
    this.#listeners.me.emit(me);
    return me;
  }

  async #savePeople(people: readonly Person[]): Promise<void> {
    try {
      await this.#store.savePeople(people);
    } catch (cause) {
      this.#listeners.error.emit(new SdkError('store', 'profiles could not be stored', { cause }));
    }
  }

  /** The list is told once for all that changed at a moment. */
  #staleList(): void {
    if (this.#listIsStale) return;
    this.#listIsStale = true;
    queueMicrotask(() => {
      this.#listIsStale = false;
      this.#listeners.conversations.emit(this.conversations);
    });
  }

  #watchNetwork(): void {
    const { signal } = this.#released;
    const tell = (online: boolean) => () => this.#runner.dispatch({ type: 'networkChanged', online });
    platform.addEventListener?.('online', tell(true), { signal });
    platform.addEventListener?.('offline', tell(false), { signal });
  }
}

const defaultTransport = (server: string): Transport =>
  fallbackTransport([webSocketTransport(webSocketUrl(server)), longPollingTransport(server)]);

function webSocketUrl(server: string): string {
  const url = new URL('/v1/ws', server);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

function asSdkError(error: unknown): SdkError {
  if (error instanceof SdkError) return error;
  return new SdkError('signed-out', 'the session has ended', { cause: error });
}
