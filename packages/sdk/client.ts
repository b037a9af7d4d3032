import {
  type Audience,
  type ChosenPresence,
  type ConversationId,
  type DeviceId,
  directConversationId,
  type LinkPreview,
  type PresenceAudience,
  type PresenceChoice,
  selfConversationId,
  type UserId,
} from '@hongyan/protocol';
import { isSession } from './answers.ts';
import { Engine } from './engine/engine.ts';
import type { EngineEvent, EngineNotice } from './engine/types.ts';
import type { PresenceFeature } from './presence/types.ts';
import { type Fetch, Rest, sessionRecord } from './rest.ts';
import type { SearchFeature, SearchPage, SearchQuery } from './search/types.ts';
import { changeFailure } from './shell/change-failure.ts';
import { Composing } from './shell/composing.ts';
import { Events } from './shell/events.ts';
import { Gateways } from './shell/gateways.ts';
import type { LiveQuestionsFeature } from './shell/live-questions.ts';
import { type Neighbours, platformNeighbours } from './shell/neighbours.ts';
import { People } from './shell/people.ts';
import { platform } from './shell/platform.ts';
import { Questions } from './shell/questions.ts';
import { AccountSettings } from './shell/records.ts';
import { Relations } from './shell/relations.ts';
import { Runner } from './shell/runner.ts';
import { SendHandles } from './shell/send-handles.ts';
import { SessionKeeper } from './shell/session-keeper.ts';
import { SessionLifecycle } from './shell/session-lifecycle.ts';
import { Tabs } from './shell/tabs.ts';
import { Timelines } from './shell/timelines.ts';
import type { ClientStore } from './stores/store.ts';
import { defaultTransport, type Fallback } from './transports/default.ts';
import type { Transport } from './transports/transport.ts';
import {
  type Client,
  type ClientEvents,
  type ConnectionState,
  type Contact,
  type Conversation,
  type Credentials,
  type Device,
  type DeviceKindName,
  type DeviceOptions,
  type GroupPreview,
  type JoinRequest,
  type Me,
  type MintedSession,
  type Notify,
  type Person,
  type Presence,
  SdkError,
  type SendHandle,
  type Timeline,
  type TimelinePlace,
  type Typist,
  type Unread,
  type Unsubscribe,
  type WatchedParts,
} from './types.ts';

/** What a client is made with. */
export interface ClientOptions {
  /** Where the server is: `http://host:port` or `https://host`. */
  server: string;
  store: ClientStore;
  /**
   * How to reach it. Without one, the server is asked which gateway to connect to (CON-10), and that is reached by WebSocket, or
   * by `fallback` where WebSocket does not get through.
   */
  transport?: Transport;
  /** `longPolling` of `@hongyan/sdk/long-polling`, for networks where only plain HTTP gets through; without it they are closed. */
  fallback?: Fallback;
  /** How it is asked over REST, when it is not by the platform's `fetch`. */
  fetch?: Fetch;
  /** How clients on the same store find each other, when it is not as the tabs of a browser do. */
  neighbours?: Neighbours;
  /** Name and version of the program, for the server's logs. */
  clientName?: string;
  /** What others are told of this device, if they may see that somebody is there; `other` unless it is said. */
  deviceKind?: DeviceKindName;
  /** `presence` of `@hongyan/sdk/presence`; without it nobody is known to be there or to type. */
  presence?: PresenceFeature;
  /** Of `@hongyan/sdk/live-questions`; without it `receipts` and `liveMembers` throw SdkError `refused`. */
  liveQuestions?: LiveQuestionsFeature;
  /** `searchMessages` of `@hongyan/sdk/search`; without it `client.search` rejects with SdkError `refused`. */
  search?: SearchFeature;
}

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
  readonly #lifecycle: SessionLifecycle;
  readonly #people: People;
  readonly #handles: SendHandles;
  readonly #composing: Composing;
  readonly #questions: Questions;
  readonly #liveQuestions: ReturnType<LiveQuestionsFeature> | undefined;
  readonly #timelines: Timelines;
  readonly #records: AccountSettings;
  readonly #relations: Relations;
  readonly #tabs: Tabs;
  readonly #search: Client['search'] | undefined;
  readonly #ownPresence: ReturnType<PresenceFeature['own']> | undefined;
  readonly #screens: ReturnType<PresenceFeature['screens']> | undefined;
  readonly #events = new Events(() => this.conversations);
  readonly #released = new AbortController();

  constructor(options: ClientOptions) {
    const { server, store, transport, fallback, neighbours, clientName } = options;
    const { deviceKind = 'other', presence, search } = options;
    this.#store = store;
    this.#rest = new Rest(server, options.fetch);
    this.#sessions = new SessionKeeper(this.#rest, store);
    const gateways = transport ? undefined : new Gateways({ server, rest: this.#rest, sessions: this.#sessions });
    const { signals } = presence ?? {};
    this.#engine = new Engine({ clientName: clientName ?? 'hongyan-sdk', deviceKind, signals });
    this.#ownPresence = presence?.own(this);
    this.#screens = presence?.screens((screen) => this.#runner.dispatch({ type: 'screenChanged', screen }));
    this.#runner = new Runner({
      engine: this.#engine,
      transport: transport ?? defaultTransport(() => gateways?.url ?? server, fallback),
      gateways,
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
      signedOut: (leaving, end) => this.#lifecycle.ended(leaving, end),
      failed: (error) => this.#events.failed(error, 'the outbox could not be read'),
    });
    this.#people = new People({
      fetch: async (userIds) => this.#rest.people(userIds, await this.#sessions.accessToken()),
      known: (person) => this.#personKnown(person),
      save: (people) => void this.#savePeople(people),
    });
    this.#handles = new SendHandles(this.#engine);
    const using = { engine: this.#engine, dispatch: (event: EngineEvent) => this.#runner.dispatch(event) };
    this.#composing = new Composing({
      ...using,
      handles: this.#handles,
      nameOf: (userId) => this.person(userId)?.displayName ?? '',
      requireMe: () => void this.#requiredMe,
    });
    this.#questions = new Questions(using.engine, using.dispatch);
    this.#liveQuestions = options.liveQuestions?.({
      engine: this.#engine,
      questions: this.#questions,
      on: (event, listener) => this.on(event, listener),
    });
    this.#search = search?.({
      engine: this.#engine,
      store,
      me: () => this.#requiredMe.userId,
      ask: (question) => this.#questions.ask(question),
    });
    this.#timelines = new Timelines({ ...using, seqAt: (id, timeMs) => this.#questions.seqAt(id, timeMs) });
    this.#records = new AccountSettings({
      ...using,
      emit: (event, payload) => this.#events.emit(event, payload),
    });
    this.#relations = new Relations({ ...using, requireMe: () => void this.#requiredMe });
    this.#lifecycle = new SessionLifecycle({
      rest: this.#rest,
      store,
      sessions: this.#sessions,
      people: this.#people,
      tabs: this.#tabs,
      events: this.#events,
      dispatch: (event) => this.#runner.dispatch(event),
      abandon: (reason) => {
        this.#handles.abandonAll(reason);
        this.#timelines.abandonAll(reason);
        this.#questions.abandonAll(reason);
      },
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

  get unread(): Unread {
    return this.#engine.unread();
  }

  get contacts(): readonly Contact[] {
    return this.#engine.contacts();
  }

  get joinRequests(): readonly JoinRequest[] {
    return this.#engine.joinRequests();
  }

  get whoMayWrite(): Audience {
    return this.#relations.whoMay('write');
  }

  get whoMayInvite(): Audience {
    return this.#relations.whoMay('invite');
  }

  get notesToSelf(): ConversationId {
    return selfConversationId(this.#requiredMe.userId);
  }

  start(): Promise<Me | undefined> {
    return this.#lifecycle.restore();
  }

  async register(account: Credentials & { displayName: string } & DeviceOptions): Promise<Me> {
    return this.#lifecycle.enter(await this.#rest.register(account));
  }

  async signIn(account: Credentials & DeviceOptions): Promise<Me> {
    return this.#lifecycle.enter(await this.#rest.signIn(account));
  }

  async signInWith(session: MintedSession): Promise<Me> {
    if (!isSession(session)) throw new SdkError('invalid-input', 'this is not a session');
    return this.#lifecycle.enter(sessionRecord(session));
  }

  signOut(): Promise<void> {
    return this.#lifecycle.signOut();
  }

  async updateProfile(profile: { displayName?: string; statusLine?: string }): Promise<Me> {
    const accessToken = await this.#sessions.accessToken();
    const { displayName, statusLine } = await this.#rest.updateProfile(profile, accessToken);
    const me = await this.#renameMe({ displayName, statusLine });
    this.#people.learn([me]);
    return me;
  }

  async devices(): Promise<Device[]> {
    return this.#rest.devices(await this.#sessions.accessToken());
  }

  async renameDevice(deviceId: DeviceId, name: string): Promise<Device> {
    return this.#rest.renameDevice(deviceId, name, await this.#sessions.accessToken());
  }

  async revokeDevice(deviceId: DeviceId): Promise<void> {
    return this.#rest.revokeDevice(deviceId, await this.#sessions.accessToken());
  }

  async changePassword(passwords: { currentPassword: string; newPassword: string }): Promise<void> {
    return this.#rest.changePassword(passwords, await this.#sessions.accessToken());
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

  openTimeline(conversationId: ConversationId, { at }: { at?: TimelinePlace } = {}): Timeline {
    return this.#timelines.open(conversationId, at);
  }

  readonly send: Client['send'] = (...args) => this.#composing.send(...args);
  readonly forward: Client['forward'] = (...args) => this.#composing.forward(...args);
  readonly edit: Client['edit'] = (...args) => this.#composing.edit(...args);
  readonly recall: Client['recall'] = (message) => this.#composing.recall(message);
  readonly react: Client['react'] = (...args) => this.#composing.react(...args);
  readonly pin: Client['pin'] = (...args) => this.#composing.pin(...args);
  readonly change: Client['change'] = (...args) => this.#composing.change(...args);
  readonly contact: Client['contact'] = (userId) => this.#relations.contact(userId);
  readonly befriend: Client['befriend'] = (...args) => this.#relations.befriend(...args);
  readonly unfriend: Client['unfriend'] = (userId) => this.#relations.unfriend(userId);
  readonly setRemark: Client['setRemark'] = (...args) => this.#relations.setRemark(...args);
  readonly setBlocked: Client['setBlocked'] = (...args) => this.#relations.setBlocked(...args);
  readonly setWhoMayWrite: Client['setWhoMayWrite'] = (audience) => this.#relations.setWhoMay('write', audience);
  readonly setWhoMayInvite: Client['setWhoMayInvite'] = (audience) => this.#relations.setWhoMay('invite', audience);
  readonly askToJoin: Client['askToJoin'] = (...args) => this.#relations.askToJoin(...args);
  readonly dismissJoinRequest: Client['dismissJoinRequest'] = (request) => this.#relations.dismissJoinRequest(request);
  readonly history: Client['history'] = (message) => this.#questions.history(message);
  readonly receivers: Client['receivers'] = (...args) => this.#questions.receivers(...args);
  readonly receipts: Client['receipts'] = (...args) => required(this.#liveQuestions, 'liveQuestions').receipts(...args);
  readonly liveMembers: Client['liveMembers'] = (id, query = '') =>
    required(this.#liveQuestions, 'liveQuestions').members(id, query);
  readonly live: Client['live'] = (read) => this.#events.live(read);
  readonly members: Client['members'] = (...args) => this.#questions.members(...args);

  async search(query: SearchQuery): Promise<SearchPage> {
    return required(this.#search, 'search')(query);
  }

  sendText(conversationId: ConversationId, text: string): SendHandle {
    return this.send(conversationId, { kind: 'text', text });
  }

  async createGroup(group: { name: string; members: readonly UserId[] }): Promise<ConversationId> {
    return this.#rest.createGroup(group, await this.#sessions.accessToken());
  }

  acceptJoinRequest(request: JoinRequest): SendHandle {
    const { conversationId, userId } = request;
    const handle = this.change(conversationId, { case: 'membersAdded', value: { userIds: [userId] } });
    this.dismissJoinRequest(request);
    return handle;
  }

  async previewLink(url: string): Promise<LinkPreview> {
    return this.#rest.previewLink(url, await this.#sessions.accessToken());
  }

  async previewGroup(conversationId: ConversationId, linkCode: string): Promise<GroupPreview> {
    return this.#rest.previewGroup(conversationId, linkCode, await this.#sessions.accessToken());
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

  setNotify(conversationId: ConversationId, notify: Notify): void {
    void this.#requiredMe;
    this.#records.setNotify(conversationId, notify);
  }

  setOnTop(conversationId: ConversationId, onTop: boolean): void {
    void this.#requiredMe;
    this.#records.setOnTop(conversationId, onTop);
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
    this.#composing.discard(messageId);
  }

  watch(parts: WatchedParts): Unsubscribe {
    return this.#screens?.add(parts) ?? (() => {});
  }

  presence(userId: UserId): Presence | undefined {
    return this.#engine.presence(userId);
  }

  typists(conversationId: ConversationId): readonly Typist[] {
    return this.#engine.typists(conversationId);
  }

  typing(conversationId: ConversationId, name: 'typing' | 'recording' | 'stopped' = 'typing'): void {
    this.#runner.dispatch({ type: 'typed', conversationId, name });
  }

  setIdle(isIdle: boolean): void {
    this.#runner.dispatch({ type: 'deviceIdle', isIdle });
  }

  get chosenPresence(): ChosenPresence {
    return required(this.#ownPresence, 'presence').chosen;
  }

  setPresence(choice: PresenceChoice, untilMs?: number): void {
    required(this.#ownPresence, 'presence').choose({ choice, untilMs });
  }

  get presenceAudience(): PresenceAudience {
    return required(this.#ownPresence, 'presence').audience;
  }

  setPresenceAudience(audience: PresenceAudience): void {
    required(this.#ownPresence, 'presence').showTo(audience);
  }

  on<E extends keyof ClientEvents>(event: E, listener: (payload: ClientEvents[E]) => void): Unsubscribe {
    return this.#events.on(event, listener);
  }

  async close(): Promise<void> {
    this.#released.abort();
    await this.#runner.close();
    this.#lifecycle.release('the client was closed');
    await this.#store.close();
  }

  get #requiredMe(): Me {
    if (!this.me) throw new SdkError('signed-out', 'nobody is signed in');
    return this.me;
  }

  get #isOffline(): boolean {
    return this.connection.status === 'offline';
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
      case 'presence':
        this.#events.emit('presence', notice.presence);
        return;
      case 'typing': {
        const { conversationId } = notice;
        this.#events.emit('typing', { conversationId, typists: this.#engine.typists(conversationId) });
        return;
      }
      case 'record':
        this.#records.changed(notice.key);
        return;
      case 'recordRefused':
        this.#events.emit('recordRefused', { ...notice.key, reason: notice.reason });
        return;
      case 'devices':
        this.#events.emit('devices', undefined);
        return;
      case 'olderLoaded':
      case 'olderFailed':
        this.#timelines.answered(notice);
        return;
      case 'answered':
      case 'unanswered':
        this.#questions.answered(notice);
        return;
      case 'changeFailed':
        this.#handles.failed(notice.change.clientMessageId, notice.reason);
        this.#events.emit('changeFailed', changeFailure(notice));
        return;
      case 'error':
        this.#events.emit('error', new SdkError(notice.code, notice.reason));
        return;
      case 'sessionEnded':
        this.#lifecycle.ended('outbox', notice.end);
    }
  }

  /** One's own profile may have been changed on another device. */
  #personKnown(person: Person): void {
    const { me } = this;
    const { displayName, statusLine } = person;
    if (me?.userId === person.userId && (me.displayName !== displayName || me.statusLine !== statusLine)) {
      this.#renameMe({ displayName, statusLine }).catch((error: unknown) => this.#events.failed(error));
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
      this.#events.failed(error, 'profiles could not be stored');
    });
  }

  #watchNetwork(): void {
    const { signal } = this.#released;
    const tell = (online: boolean) => () => this.#runner.dispatch({ type: 'networkChanged', online });
    platform.addEventListener?.('online', tell(true), { signal });
    platform.addEventListener?.('offline', tell(false), { signal });
  }
}

/** What the application has to give where it wants to use it. */
function required<T>(feature: T | undefined, name: keyof ClientOptions): T {
  if (!feature) throw new SdkError('refused', `this client was created without ${name}`);
  return feature;
}
