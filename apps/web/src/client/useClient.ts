import type { Client, ConnectionState, Conversation, Me, Person, SdkError } from '@hongyan/sdk';
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
}

export function wrapClient(sdk: Client): AppClient {
  const ready = shallowRef(false);
  const connection = shallowRef(sdk.connection);
  const me = shallowRef(sdk.me);
  const conversations = shallowRef(sdk.conversations);
  const problem = shallowRef<SdkError>();
  const people = shallowReactive(new Map<string, Person>());

  sdk.on('connection', (state) => {
    connection.value = state;
  });
  sdk.on('me', (account) => {
    me.value = account;
    if (account === undefined) people.clear();
  });
  sdk.on('conversations', (list) => {
    conversations.value = list;
  });
  sdk.on('person', (person) => people.set(person.userId, person));
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
  };
}

export const clientKey: InjectionKey<AppClient> = Symbol('client');

export function useClient(): AppClient {
  const client = inject(clientKey);
  if (client === undefined) throw new Error('no client was provided');
  return client;
}
