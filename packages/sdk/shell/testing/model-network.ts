import type { CloseCode, Command, ErrorCode, ServerFrame } from '@hongyan/protocol';
import { ModelServer, pushFrame } from '../../engine/testing/model-server.ts';
import type { Transport } from '../../transports/transport.ts';

type Receive = (frames: ServerFrame[]) => void;

/** Connects clients with the model server, and pushes what one of them sends to the others. */
export class ModelNetwork {
  readonly server = new ModelServer();
  /** How often each message was taken, by its id. */
  readonly sent = new Map<string, number>();
  /** Otherwise messages are lost on the way. */
  takesSends = true;
  /** What every change is refused with. */
  refuses: ErrorCode | undefined;
  readonly #connections = new Set<Receive>();
  readonly #closes = new Map<Receive, (code: number, reason: string) => void>();

  readonly transport: Transport = ({ onOpen, onFrames, onClose }) => {
    const receive: Receive = (frames) => {
      if (this.#connections.has(receive)) onFrames(frames);
    };
    this.#connections.add(receive);
    this.#closes.set(receive, onClose);
    queueMicrotask(onOpen);
    return {
      send: (commands) => queueMicrotask(() => this.#take(commands, receive)),
      close: () => {
        this.#connections.delete(receive);
        this.#closes.delete(receive);
      },
    };
  };

  /** All connections are lost. */
  cut(): void {
    const closes = [...this.#closes.values()];
    this.#connections.clear();
    this.#closes.clear();
    for (const close of closes) close(1006, 'cut');
  }

  /** Says to everybody that their session is over. */
  close(code: CloseCode): void {
    const closing = pushFrame({ case: 'closing', value: { code, reason: '', retryAfterMs: 0 } });
    for (const receive of [...this.#connections]) receive([closing]);
  }

  #take(commands: readonly Command[], receive: Receive): void {
    if (!this.#connections.has(receive)) return;
    for (const command of commands) {
      if (command.body?.case === 'sendMessage') {
        if (!this.takesSends) continue;
        const { clientMessageId } = command.body.value;
        this.sent.set(clientMessageId, (this.sent.get(clientMessageId) ?? 0) + 1);
      }
      if (command.body?.case === 'changeConversation' && this.refuses !== undefined) {
        receive(this.server.refuse(command, this.refuses));
        continue;
      }
      const before = this.server.log.length;
      receive(this.server.answer(command));
      const added = this.server.log.slice(before).map((value) => pushFrame({ case: 'entry', value }));
      for (const other of this.#connections) if (other !== receive && added.length > 0) other(added);
    }
  }
}
