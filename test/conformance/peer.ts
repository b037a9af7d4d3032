import {
  type Closing,
  type Command,
  encodeText,
  Feature,
  type Holdings,
  NO_HOLDINGS,
  PROTOCOL_VERSION,
  type Push,
  type Reply,
  type Resume,
} from '@hongyan/protocol';
import { RawConnection } from '../wire/raw-connection.ts';
import type { Account } from '../wire/running-server.ts';
import type { Door } from './target.ts';

export type CommandBody = NonNullable<Command['body']>;
export type ReplyBody = NonNullable<Reply['body']>;
export type PushBody = NonNullable<Push['body']>;

export const bodyOf = (text: string) => encodeText(text);

/** One device's connection, seen from its wire: what it says, and all that comes, in order. */
export class Peer {
  readonly connection: RawConnection;
  #lastId = 1;
  /** Pushes so far, Closing aside, as SES-11 counts them. */
  pushesReceived = 0;
  sessionId = '';

  private constructor(connection: RawConnection) {
    this.connection = connection;
  }

  static async connect({ target, transport }: Door): Promise<Peer> {
    return new Peer(await RawConnection.open(target, transport));
  }

  /** Says Hello; gives what came up to Synced. */
  async hello(
    { accessToken }: Account,
    options: { holdings?: Partial<Holdings>; resume?: Resume; features?: Feature[] } = {},
  ): Promise<{ resumed: boolean; pushes: PushBody[] }> {
    const holdings = { ...NO_HOLDINGS, ...options.holdings };
    const { features = [Feature.RECEIPTS] } = options;
    const client = { protocolVersion: PROTOCOL_VERSION, features, accessToken, client: 'conformance' };
    this.say(1, { case: 'hello', value: { ...client, holdings, resume: options.resume } });
    const welcome = await this.connection.reply(1);
    if (welcome.case !== 'welcome') throw new Error(`Hello was answered by ${welcome.case}`);
    this.sessionId = welcome.value.sessionId;
    if (options.resume && welcome.value.resumed) this.pushesReceived = options.resume.pushesReceived;
    return { resumed: welcome.value.resumed, pushes: await this.pushesUntil((push) => push.case === 'synced') };
  }

  say(id: number, body: CommandBody): void {
    this.connection.command({ id, body });
  }

  /** Sends a command and gives its answer. */
  ask(body: CommandBody): Promise<ReplyBody> {
    this.#lastId += 1;
    this.say(this.#lastId, body);
    return this.#replyTo(this.#lastId);
  }

  send(conversationId: string, clientMessageId: string, text = clientMessageId): Promise<ReplyBody> {
    const value = { conversationId, clientMessageId, clientTimeMs: 1, body: bodyOf(text) };
    return this.ask({ case: 'sendMessage', value });
  }

  /** The next push that is wanted; those before it are counted and passed over. */
  async push<C extends PushBody['case']>(wanted: C): Promise<Extract<PushBody, { case: C }>> {
    const pushes = await this.pushesUntil((push) => push.case === wanted);
    return pushes.at(-1) as Extract<PushBody, { case: C }>;
  }

  async pushesUntil(last: (push: PushBody) => boolean): Promise<PushBody[]> {
    const pushes: PushBody[] = [];
    await this.connection.next((frame) => {
      if ('id' in frame || frame.body === undefined) return false;
      this.pushesReceived += 1;
      pushes.push(frame.body);
      return last(frame.body);
    });
    return pushes;
  }

  /** How the server ended the connection. */
  async closing(): Promise<Closing> {
    const { closing } = await this.connection.ended;
    if (closing === undefined) throw new Error('the connection ended without Closing');
    return closing;
  }

  /** The answers to several commands, in whatever order they come. */
  async replies(ids: readonly number[]): Promise<Map<number, ReplyBody>> {
    const found = new Map<number, ReplyBody>();
    await this.connection.next((frame) => {
      if (!('id' in frame)) this.pushesReceived += 1;
      else if (frame.body !== undefined && ids.includes(frame.id)) found.set(frame.id, frame.body);
      return found.size === ids.length;
    });
    return found;
  }

  end(): void {
    this.connection.end();
  }

  async #replyTo(id: number): Promise<ReplyBody> {
    const frame = await this.connection.next((candidate) => {
      if ('id' in candidate) return candidate.id === id;
      if (candidate.body !== undefined) this.pushesReceived += 1;
      return false;
    });
    if (!('id' in frame) || frame.body === undefined) throw new Error('a reply without a body');
    return frame.body;
  }
}
