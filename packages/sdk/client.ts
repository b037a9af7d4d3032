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
import { asRejection, asSdkError } from './shell/errors.ts';
import { Events } from './shell/events.ts';
import { type Neighbours, platformNeighbours } from './shell/neighbours.ts';
import { People } from './shell/people.ts';
import { platform } from './shell/platform.ts';
import { AccountSettings } from './shell/records.ts';
import { Runner } from './shell/runner.ts';
import { SendHandles } from './shell/send-handles.ts';
import { SessionKeeper } from './shell/session-keeper.ts';
import { Tabs } from './shell/tabs.ts';
import { Timelines } from './shell/timelines.ts';
import type { Leaving } from './stores/ownership.ts';
import type { ClientStore, SessionRecord } from './stores/store.ts';
import { defaultTransport } from './transports/default.ts';
import type { Transport } from './transports/transport.ts';
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
  readonly #events = new Events(() => this.conversations);
  readonly #released = new AbortController();

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
      isOffline: () => this.#isOffline,
      signedOut: (leaving) => this.#sessionOver(leaving),
      failed: (error) => this.#failed(error, 'the outbox could not be read'),
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
      draft: (change) => this.#events.emit('draft', change),
      setting: (change) => this.#events.emit('setting', change),
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
    const snapshot = await this.#store.load().catch(asRejection);
    if (!snapshot) return undefined;
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
      this.#failed(error);
    }
    this.#runner.dispatch({ type: 'signedOut' });
    await this.#forget('signed out', 'nothing');
  }

  async updateProfile(profile: { displayName?: string; statusLine?: string }): Promise<Me> {
    const accessToken = await this.#sessions.accessToken();
    const { displayName, statusLine } = await this.#rest.updateProfile(profile, accessToken);
    const me = await this.#renameMe({ displayName, statusLine });
    this.#people.learn([me]);
    return me;
  }

  async findPeople(text: string): Promise<Person[]> {
    const people = await this.#rest.findPeople(text, await this.#sessions.accessToken());
    if (this.me) this.#people.learn(people);
    return people;
  }

  person(userId: UserId): Person | undefined {
    return this.me ? this.#people.get(userId) : undefined;
  }

  reconnectNow(): void {
    if (this.#isOffline) this.#runner.dispatch({ type: 'networkChanged', online: true });
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
    return this.#events.on(event, listener);
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

  get #isOffline(): boolean {
    return this.connection.status === 'offline';
  }

  async #enter(session: SessionRecord): Promise<Me> {
    if (this.me) await this.signOut();
    const outbox = await this.#sessions.begin(session);
    this.#people.learn([session.me]);
    return this.#begin(session.me, { ...EMPTY, outbox });
  }

  #begin(me: Me, snapshot: EngineSnapshot): Me {
    const { userId, deviceId } = me;
    this.#runner.dispatch({ type: 'signedIn', account: { userId, deviceId }, snapshot });
    this.#tabs.begin(deviceId);
    this.#events.emit('me', me);
    this.#events.listChanged();
    return me;
  }

  /** It ended without the person here: by the server, or in another window. */
  #sessionOver(leaving: Leaving): void {
    this.#runner.dispatch({ type: 'signedOut' });
    if (leaving === 'outbox') this.#failed(new SdkError('signed-out', 'the session of this device has ended'));
    this.#forget('the session ended', leaving).catch((error: unknown) => this.#failed(error));
  }

  /** OUT-10: other clients on the store hear of it and do the same. */
  async #forget(reason: string, leaving: Leaving): Promise<void> {
    const { me } = this;
    if (!me) return;
    this.#tabs.tell({ type: 'signedOut', leaving });
    this.#tabs.end();
    this.#sessions.forget();
    this.#people.clear();
    this.#handles.abandonAll(reason);
    this.#timelines.abandonAll(reason);
    this.#events.emit('me', undefined);
    this.#events.listChanged();
    await this.#store.end(me.deviceId, leaving).catch(asRejection);
  }

  #notice(notice: EngineNotice): void {
    switch (notice.type) {
      case 'connection':
        if (notice.state.status === 'online') {
          this.#people.refresh();
          this.#tabs.tell({ type: 'online' });
        }
        // OUT-7: who never sends again must not be the one that sends.
        if (notice.state.status === 'stopped') this.#tabs.retire();
        this.#events.emit('connection', notice.state);
        return;
      case 'conversation':
        this.#handles.conversationChanged(notice.conversationId);
        this.#timelines.conversationChanged(notice.conversationId);
        this.#events.listChanged();
        return;
      case 'message':
        this.#events.emit('message', notice.message);
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
        this.#events.emit('error', new SdkError(notice.code, notice.reason));
        return;
      case 'sessionEnded':
        this.#sessionOver('outbox');
    }
  }

  /** One's own profile may have been changed on another device. */
  #personKnown(person: Person): void {
    const { me } = this;
    const { displayName, statusLine } = person;
    if (me?.userId === person.userId && (me.displayName !== displayName || me.statusLine !== statusLine)) {
      this.#renameMe({ displayName, statusLine }).catch((error: unknown) => this.#failed(error));
    }
    this.#events.emit('person', person);
  }

  async #renameMe(changes: { displayName: string; statusLine: string }): Promise<Me> {
    const me = await this.#sessions.updateMe(changes);
    this.#events.emit('me', me);
    return me;
  }

  async #savePeople(people: readonly Person[]): Promise<void> {
    const { me } = this;
    if (!me) return;
    await this.#store.savePeople(me.deviceId, people).catch((error: unknown) => {
      this.#failed(error, 'profiles could not be stored');
    });
  }

  #failed(error: unknown, what?: string): void {
    this.#events.emit('error', asSdkError(error, what));
  }

  #watchNetwork(): void {
    const { signal } = this.#released;
    const tell = (online: boolean) => () => this.#runner.dispatch({ type: 'networkChanged', online });
    platform.addEventListener?.('online', tell(true), { signal });
    platform.addEventListener?.('offline', tell(false), { signal });
  }
}
