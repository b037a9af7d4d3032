import { createMemoryStore } from '../adapters/store/memory/index.ts';
import { bearer, createTestApi, GIVEN_KEY, type TestApiOptions } from './api.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** An app's backend in front of a server whose store is memory; its users are Ana, Ben, Cai and Dan, by these names in lower case. */
export class AppWorld {
  readonly store;
  readonly made;
  /** By external id. */
  readonly ids: Record<string, string> = {};

  private constructor(store: ReturnType<typeof createMemoryStore>, made: Awaited<ReturnType<typeof createTestApi>>) {
    this.store = store;
    this.made = made;
  }

  static async create(options: TestApiOptions = {}): Promise<AppWorld> {
    const store = createMemoryStore();
    const world = new AppWorld(store, await createTestApi({ store, ...options }));
    for (const name of ['ana', 'ben', 'cai', 'dan']) {
      const { body } = await world.call('PUT', `users/${name}`, { displayName: name, handle: name });
      world.ids[name] = body.userId;
    }
    return world;
  }

  /** A call under `/v1/admin`. */
  async call(method: Method, path: string, payload?: object, headers: Record<string, string> = {}) {
    const url = `/v1/admin/${path}`;
    const answer = await this.made.api.inject({
      ...{ method, url, headers: { ...bearer(GIVEN_KEY), ...headers } },
      ...(payload && { payload }),
    });
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() };
  }

  /** The id of Ana's group with Ben and Cai. */
  async group(): Promise<string> {
    const members = ['ext:ben', 'ext:cai'];
    return (await this.call('POST', 'groups', { ownerId: 'ext:ana', name: 'Geese', members })).body.conversationId;
  }

  /** What somebody says; it has to be allowed. */
  async say(conversationId: string, senderId: string, text: string): Promise<number> {
    const answer = await this.call('POST', `conversations/${conversationId}/messages`, saying(senderId, text));
    if (answer.status !== 201) throw new Error(`${answer.status} ${answer.body.code}`);
    return answer.body.seq;
  }

  /** What is said in a conversation, and by whom. */
  async said(conversationId: string, query = ''): Promise<string[]> {
    const { body } = await this.call('GET', `conversations/${conversationId}/messages?${query}`);
    const nameOf = (id: string) => Object.keys(this.ids).find((name) => this.ids[name] === id) ?? id;
    return body.messages.map(
      ({
        senderId,
        kind,
        content,
        erased,
      }: {
        senderId: string;
        kind: string;
        content?: { text: string };
        erased: boolean;
      }) => `${nameOf(senderId)}: ${kind === 'message' ? (erased ? '(erased)' : content?.text) : kind}`,
    );
  }
}

export const saying = (senderId: string, text: string) => ({ senderId, content: { kind: 'text', text } });
