import {
  type CloseCode,
  type Command,
  conversationHash,
  DEFAULT_LIMITS,
  decodeServerFrame,
  type ErrorCode,
  encodeCommand,
  type Feature,
  type Holdings,
  NO_HOLDINGS,
  PROTOCOL_VERSION,
  type Push,
  type Reply,
  type Resume,
  type ServerFrame,
  splitFrames,
} from '@hongyan/protocol';
import type { Connection } from '../gateway/connection.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Session } from '../gateway/session.ts';
import { withBoris } from './people.ts';

/** A conversation's id, how far its log and the own read position go, and the sum of its cursors. */
export type StatedPosition = [conversationId: string, seq: number, readSeq: number, cursorSum: number];

export interface StatedHello {
  version?: number;
  positions?: StatedPosition[];
  digests?: Pick<Holdings, 'digestBits' | 'digests'>;
  userSeq?: number;
  resume?: Resume;
  features?: Feature[];
}

export const toPosition = ([conversationId, seq, readSeq, cursorSum]: StatedPosition) => ({
  conversationHash: conversationHash(conversationId),
  seq,
  readSeq,
  cursorSum,
});

/** The client's end of a connection without a network. */
export class Peer implements Connection {
  bufferedBytes = 0;
  closedWith: CloseCode | undefined;
  readonly frames: ServerFrame[] = [];
  readonly session: Session | undefined;

  constructor(gateway: Gateway) {
    this.session = gateway.accept(this);
  }

  write(bytes: Uint8Array): void {
    for (const frame of splitFrames(bytes, DEFAULT_LIMITS.frameBytesMax)) this.frames.push(decodeServerFrame(frame));
  }

  close(code: CloseCode): void {
    this.closedWith = code;
  }

  say(commandId: number, body: Command['body']): void {
    this.session?.receive([encodeCommand({ id: commandId, body })]);
  }

  hello(token: string, hello: StatedHello = {}) {
    const { version = PROTOCOL_VERSION, positions = [], digests, userSeq = 0, resume, features = [1] } = hello;
    this.say(1, {
      case: 'hello',
      value: {
        protocolVersion: version,
        features,
        accessToken: token,
        client: 'test',
        holdings: { ...NO_HOLDINGS, ...digests, userSeq, positions: positions.map(toPosition) },
        resume,
      },
    });
  }

  send(commandId: number, text: string, messageId = `m${commandId}`, conversationId = withBoris): void {
    const body = new TextEncoder().encode(text);
    this.say(commandId, {
      case: 'sendMessage',
      value: { conversationId, clientMessageId: messageId, clientTimeMs: 5, body },
    });
  }

  get welcome() {
    return this.frames.flatMap(({ frame }) =>
      frame?.case === 'reply' && frame.value.body?.case === 'welcome' ? [frame.value.body.value] : [],
    )[0];
  }

  /** The kinds of the pushes that came over this connection, `Closing` left out: those that SES-11 counts. */
  get pushed(): NonNullable<Push['body']>['case'][] {
    return this.frames.flatMap(({ frame }) =>
      frame?.case === 'push' && frame.value.body && frame.value.body.case !== 'closing' ? [frame.value.body.case] : [],
    );
  }

  replies(commandId: number): NonNullable<Reply['body']>[] {
    return this.frames.flatMap(({ frame }) =>
      frame?.case === 'reply' && frame.value.id === commandId && frame.value.body ? [frame.value.body] : [],
    );
  }

  pushes<C extends NonNullable<Push['body']>['case']>(
    kind: C,
  ): Extract<NonNullable<Push['body']>, { case: C }>['value'][] {
    return this.frames.flatMap(({ frame }) =>
      frame?.case === 'push' && frame.value.body?.case === kind ? [frame.value.body.value as never] : [],
    );
  }

  errorOf(commandId: number): ErrorCode | undefined {
    const body = this.replies(commandId)[0];
    return body?.case === 'error' ? body.value.code : undefined;
  }
}
