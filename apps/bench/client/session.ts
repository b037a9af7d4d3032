import {
  CloseCode,
  type Command,
  codeName,
  decodeServerFrame,
  encodeCommand,
  Feature,
  type Holdings,
  joinFrames,
  PLAIN_PING,
  PROTOCOL_VERSION,
  type Push,
  type Reply,
  type Resume,
} from '@hongyan/protocol';
import { connect, type Link, type LinkListener, type Target } from './link.ts';

/** Ids from here on are the session's own; those below are free for commands whose answers matter. */
const OWN_ID = 0xffff_fff0;

/** Why a connection ended or could not be opened. */
export class SessionEnd extends Error {
  override readonly name = 'SessionEnd';
  /** 0 when the server said none. */
  readonly code: number;
  readonly retryAfterMs: number;

  constructor(message: string, code = 0, retryAfterMs = 0) {
    super(message);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** What a session passes on. Decoded bytes are views: they are gone when the call returns. */
export interface SessionListener {
  onReply(reply: Reply): void;
  onPush(push: Push): void;
  /** All frames of one chunk have been passed on; what was sent meanwhile is written after this. */
  onChunkEnd(): void;
  /** A session that was open has ended; not said of one that was dropped. */
  onEnd(end: SessionEnd): void;
}

/** What Hello says beside who it is; left out: the device holds nothing. */
export interface Claims {
  holdings?: Holdings | undefined;
  resume?: Resume | undefined;
  /** Left out: what every client has. */
  features?: Feature[];
}

/** A signed-in connection. Commands given to `send` share one write per received chunk, or `flush`. */
export class Session implements LinkListener {
  readonly #listener: SessionListener;
  readonly #synced = Promise.withResolvers<void>();
  readonly #out: Uint8Array[] = [];
  #link: Link | undefined;
  #end: SessionEnd | undefined;
  #open = false;
  #dropped = false;
  #spoke = false;
  #id = '';
  #resumed = false;
  #pushesReceived = 0;

  private constructor(listener: SessionListener) {
    this.#listener = listener;
    // Nobody waits for it when the connection was never open.
    this.#synced.promise.catch(() => {});
  }

  /** Resolves when the server has said Synced. Rejects with SessionEnd when the connection fails or ends before. */
  static async open(
    target: Target,
    index: number,
    accessToken: string,
    listener: SessionListener,
    { holdings, resume, features = [Feature.RECEIPTS] }: Claims = {},
  ): Promise<Session> {
    const session = new Session(listener);
    session.#link = await connect(target, index, session).catch((error: unknown) => {
      throw new SessionEnd(error instanceof Error ? error.message : String(error));
    });
    const value = {
      protocolVersion: PROTOCOL_VERSION,
      features,
      accessToken,
      client: 'hongyan-bench',
      holdings,
      resume,
    };
    session.send({ id: OWN_ID, body: { case: 'hello', value } });
    session.flush();
    await session.#synced.promise;
    if (session.#resumed && resume !== undefined) session.#pushesReceived += resume.pushesReceived;
    return session;
  }

  /** Whether it goes on with the session that was claimed. */
  get resumed(): boolean {
    return this.#resumed;
  }

  /** What to claim to go on with this session on another connection. */
  get resume(): Resume {
    return { sessionId: this.#id, pushesReceived: this.#pushesReceived };
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
    this.#dropped = true;
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
    if (this.#dropped) return;
    const end = this.#end ?? new SessionEnd(reason);
    this.#synced.reject(end);
    if (this.#open) this.#listener.onEnd(end);
  }

  #onReply(reply: Reply): void {
    if (reply.id < OWN_ID) this.#listener.onReply(reply);
    else if (reply.body?.case === 'welcome') {
      this.#id = reply.body.value.sessionId;
      this.#resumed = reply.body.value.resumed;
    }
  }

  #onPush(push: Push): void {
    if (push.body?.case === 'closing') {
      const { code, reason, retryAfterMs } = push.body.value;
      const text = `the server closed with ${codeName(CloseCode, code)}: ${reason}`;
      this.#end = new SessionEnd(text, code, retryAfterMs);
      return;
    }
    this.#pushesReceived += 1;
    if (push.body?.case === 'synced') {
      this.#open = true;
      this.#synced.resolve();
    } else this.#listener.onPush(push);
  }
}
