import type {
  Client,
  ConnectionState,
  Contact,
  Conversation,
  JoinRequest,
  Me,
  Person,
  Presence,
  SdkError,
  Typist,
} from '@hongyan/sdk';
import { type InjectionKey, inject, type Ref, type ShallowRef, shallowReactive, shallowRef } from 'vue';

/** The SDK's client as Vue sees it: its states as refs, its calls as they are. */
export interface AppClient {
  readonly sdk: Client;
  /** False until the device's store has been read; nothing is known before. */
  readonly ready: Readonly<Ref<boolean>>;
  readonly connection: Readonly<ShallowRef<ConnectionState>>;
  readonly me: Readonly<ShallowRef<Me | undefined>>;
  readonly conversations: Readonly<ShallowRef<readonly Conversation[]>>;
  /** The newest problem that no call could report. */
  readonly problem: Readonly<ShallowRef<SdkError | undefined>>;
  /** Reactive: a profile that becomes known later re-renders whoever asked. */
  person(userId: string): Person | undefined;
  /** Reactive, as what follows; undefined until it is known, and while nobody watches. */
  contact(userId: string): Contact;
  readonly contacts: Readonly<ShallowRef<readonly Contact[]>>;
  readonly joinRequests: Readonly<ShallowRef<readonly JoinRequest[]>>;
  presence(userId: string): Presence | undefined;
  typists(conversationId: string): readonly Typist[];
  /** Of the account, the same on all its devices. */
  setting(name: string): string | undefined;
}

export function wrapClient(sdk: Client): AppClient {
  const ready = shallowRef(false);
  const connection = shallowRef(sdk.connection);
  const me = shallowRef(sdk.me);
  const conversations = shallowRef(sdk.conversations);
  const problem = shallowRef<SdkError>();
  const people = shallowReactive(new Map<string, Person>());
  // What the SDK tells when asked, and a number for each that grows when the answer is another one.
  const presenceChanges = shallowReactive(new Map<string, number>());
  const typingChanges = shallowReactive(new Map<string, number>());
  const contactChanges = shallowReactive(new Map<string, number>());
  const contacts = shallowRef(sdk.contacts);
  const joinRequests = shallowRef(sdk.joinRequests);
  const settingChanges = shallowRef(0);
  const count = (changes: Map<string, number>, key: string) => changes.set(key, (changes.get(key) ?? 0) + 1);

  sdk.on('connection', (state) => {
    connection.value = state;
  });
  sdk.on('me', (account) => {
    me.value = account;
    settingChanges.value += 1;
    contacts.value = sdk.contacts;
    joinRequests.value = sdk.joinRequests;
    if (account !== undefined) return;
    contactChanges.clear();
    people.clear();
    presenceChanges.clear();
    typingChanges.clear();
  });
  sdk.on('conversations', (list) => {
    conversations.value = list;
  });
  sdk.on('person', (person) => people.set(person.userId, person));
  sdk.on('contact', ({ userId }) => {
    contacts.value = sdk.contacts;
    count(contactChanges, userId);
  });
  sdk.on('joinRequests', (requests) => {
    joinRequests.value = requests;
  });
  sdk.on('presence', ({ userId }) => count(presenceChanges, userId));
  sdk.on('typing', ({ conversationId }) => count(typingChanges, conversationId));
  sdk.on('setting', () => {
    settingChanges.value += 1;
  });
  sdk.on('error', (error) => {
    problem.value = error;
  });
  sdk
    .start()
    .catch((error: SdkError) => {
      problem.value = error;
    })
    .finally(() => {
      me.value = sdk.me;
      connection.value = sdk.connection;
      conversations.value = sdk.conversations;
      contacts.value = sdk.contacts;
      joinRequests.value = sdk.joinRequests;
      ready.value = true;
    });

  return {
    sdk,
    ready,
    connection,
    me,
    conversations,
    problem,
    person(userId) {
      return people.get(userId) ?? sdk.person(userId);
    },
    contacts,
    joinRequests,
    contact(userId) {
      contactChanges.get(userId);
      void me.value;
      return sdk.contact(userId);
    },
    presence(userId) {
      presenceChanges.get(userId);
      return sdk.presence(userId);
    },
    typists(conversationId) {
      typingChanges.get(conversationId);
      return sdk.typists(conversationId);
    },
    setting(name) {
      void settingChanges.value;
      return sdk.setting(name);
    },
  };
}

export const clientKey: InjectionKey<AppClient> = Symbol('client');

export function useClient(): AppClient {
  const client = inject(clientKey);
  if (client === undefined) throw new Error('no client was provided');
  return client;
}
