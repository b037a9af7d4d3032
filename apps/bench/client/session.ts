import {
  CloseCode,
  type Command,
  codeName,
  decodeServerFrame,
  encodeCommand,
  Feature,
  joinFrames,
  PLAIN_PING,
  PROTOCOL_VERSION,
  type Push,
  type Reply,
} from '@hongyan/protocol';
import { connect, type Link, type LinkListener, type Target } from './link.ts';

/** Ids from here on are the session's own; those below are free for commands whose answers matter. */
const OWN_ID = 0xffff_fff0;

/** What a session passes on. Decoded bytes are views: they are gone when the call returns. */
export interface SessionListener {
  onReply(reply: Reply): void;
  onPush(push: Push): void;
  /** All frames of one chunk have been passed on; what was sent meanwhile is written after this. */
  onChunkEnd(): void;
  onEnd(reason: string): void;
}

/** A signed-in connection that holds nothing. Commands given to `send` share one write per received chunk, or `flush`. */
export class Session implements LinkListener {
  readonly #listener: SessionListener;
  readonly #synced = Promise.withResolvers<void>();
  readonly #out: Uint8Array[] = [];
  #link: Link | undefined;
  #endReason = '';
  #spoke = false;

  private constructor(listener: SessionListener) {
    this.#listener = listener;
  }

  /** Resolves when the server has said Synced. Rejects when the connection fails or ends before. */
  static async open(target: Target, index: number, accessToken: string, listener: SessionListener): Promise<Session> {
    const session = new Session(listener);
    session.#link = await connect(target, index, session);
    session.send({
      id: OWN_ID,
      body: {
        case: 'hello',
        value: {
          protocolVersion: PROTOCOL_VERSION,
          features: [Feature.RECEIPTS],
          accessToken,
          client: 'hongyan-bench',
          holdings: undefined,
          resume: undefined,
        },
      },
    });
    session.flush();
    await session.#synced.promise;
    return session;
  }

  send(command: Command): void {
    this.#out.push(encodeCommand(command));
  }

  flush(): void {
    if (this.#out.length === 0) return;
    this.#link?.write(joinFrames(this.#out));
    this.#out.length = 0;
    this.#spoke = true;
  }

  /** To be called once in a heartbeat interval: says Ping if nothing was said since the last call. */
  beat(): void {
    if (!this.#spoke) {
      this.send({ id: OWN_ID + 1, body: { case: 'ping', value: PLAIN_PING } });
      this.flush();
    }
    this.#spoke = false;
  }

  drop(): void {
    this.#endReason = 'dropped';
    this.#link?.drop();
  }

  onFrames(frames: readonly Uint8Array[]): void {
    for (const bytes of frames) {
      const { frame } = decodeServerFrame(bytes);
      if (frame?.case === 'reply') this.#onReply(frame.value);
      else if (frame?.case === 'push') this.#onPush(frame.value);
    }
    this.#listener.onChunkEnd();
    this.flush();
  }

  onEnd(reason: string): void {
    if (this.#endReason === 'dropped') return;
    const whole = this.#endReason || reason;
    this.#synced.reject(new Error(whole));
    this.#listener.onEnd(whole);
  }

  #onReply(reply: Reply): void {
    if (reply.id < OWN_ID) this.#listener.onReply(reply);
  }

  #onPush(push: Push): void {
    if (push.body?.case === 'synced') this.#synced.resolve();
    else if (push.body?.case === 'closing') {
      const { code, reason } = push.body.value;
      this.#endReason = `the server closed with ${codeName(CloseCode, code)}: ${reason}`;
    } else this.#listener.onPush(push);
  }
}
