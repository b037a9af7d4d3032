import {
  type AccountRecord,
  type Command,
  copyBytes,
  type Hello,
  isLaterVersion,
  type ServerFrame,
  type UserEvent,
} from '@hongyan/protocol';
import { ModelServer, pushFrame, replyFrame } from './model-server.ts';

/** The rules' server side for account records too: the records, and the keys of the user log's events. */
export class RecordServer extends ModelServer {
  readonly records = new Map<string, AccountRecord>();
  readonly #log: string[] = [];
  /** What it says its clock shows; 0: nothing. */
  nowMs = 0;

  set(change: AccountRecord): UserEvent | undefined {
    const record = { ...change, value: copyBytes(change.value) };
    if (!isLaterVersion(record, this.records.get(record.key))) return undefined;
    this.records.set(record.key, record);
    this.#log.push(record.key);
    return this.event(this.#log.length);
  }

  /** As it is read now. */
  event(seq: number): UserEvent {
    const record = this.records.get(this.#log[seq - 1] ?? '');
    if (!record) throw new RangeError(`no event ${seq}`);
    return { seq, timeMs: 0, event: { case: 'recordChanged', value: record } };
  }

  get userSeq(): number {
    return this.#log.length;
  }

  /** What the server pushes for event `seq`. */
  pushOf(seq: number): ServerFrame {
    return pushFrame({ case: 'userEvent', value: this.event(seq) });
  }

  override welcome(id: number, hello: Hello): ServerFrame[] {
    const frames = super.welcome(id, hello).slice(0, -1);
    const [{ frame } = { frame: undefined }] = frames;
    if (frame?.case === 'reply' && frame.value.body?.case === 'welcome')
      frame.value.body.value.serverTimeMs = this.nowMs;
    const heldSeq = hello.holdings?.userSeq ?? 0;
    if (heldSeq === 0) frames.push(pushFrame({ case: 'records', value: { records: [...this.records.values()] } }));
    else for (let seq = heldSeq + 1; seq <= this.userSeq; seq++) frames.push(this.pushOf(seq));
    frames.push(pushFrame({ case: 'synced', value: { userSeq: this.userSeq, serverTimeMs: 0 } }));
    return frames;
  }

  override answer(command: Command): ServerFrame[] {
    const { id, body } = command;
    if (body?.case === 'setRecord' && body.value.record) {
      const event = this.set(body.value.record);
      const done = replyFrame(id, { case: 'done', value: {} });
      return event ? [pushFrame({ case: 'userEvent', value: event }), done] : [done];
    }
    if (body?.case !== 'fetchUserEvents') return super.answer(command);
    const { afterSeq } = body.value;
    const events = Array.from({ length: this.userSeq - afterSeq }, (_, at) => this.event(afterSeq + at + 1));
    return [replyFrame(id, { case: 'userEventPage', value: { events, lastSeq: this.userSeq } })];
  }
}
