import type { Appended, AppendRequest, CursorBatch } from '@hongyan/core/ports';
import type { UserEvent, UserId } from '@hongyan/protocol';
import { requestBytes } from '../../request-bytes.ts';
import { advance } from '../log/advance.ts';
import { append } from '../log/append.ts';
import { type RecordSetting, setRecords } from '../log/records.ts';
import type { Connection } from '../wire/connection.ts';
import type { Call, Row } from '../wire/statement.ts';
import { type AccountWork, accountWork } from './account-work.ts';
import type { Outcome } from './carry-out.ts';
import { Lane, type LaneLimits } from './lane.ts';
import { Link } from './link.ts';

export interface LaneOptions {
  /** Each lane has a connection of its own. */
  appendLanes: number;
  readLanes: number;
  queueDepthMax: number;
  open: () => Promise<Connection>;
  /** Opens one that searches. */
  openSearch: () => Promise<Connection>;
  onTrouble: (error: Error) => void;
}

const QUEUE_BYTES_MAX = 64 * 1024 * 1024;
const BATCH_BYTES_MAX = 4 * 1024 * 1024;
const WAIT_MAX_MS = 5_000;
/** Many writes share one commit; reads share a round trip only, and small batches let everybody be heard. */
const WRITE_BATCH_CALLS_MAX = 500;
const READ_BATCH_CALLS_MAX = 16;

const ok = <Answer>(value: Answer): Outcome<Answer> => ({ ok: true, value });

/** All ways to the database that a node has. */
export class Lanes {
  readonly #appends: readonly Lane<AppendRequest, Appended>[];
  readonly #reads: readonly Lane<Call, readonly Row[]>[];
  readonly cursors: Lane<CursorBatch, { userId: UserId; event: UserEvent }[]>;
  readonly records: Lane<RecordSetting, { userId: UserId; event: UserEvent }[]>;
  readonly accounts: Lane<AccountWork, undefined>;
  /** What takes long has a connection of its own, so that it takes one of the server's processes at most. */
  readonly search: Lane<AccountWork, undefined>;

  constructor({ appendLanes, readLanes, queueDepthMax, open, openSearch, onTrouble }: LaneOptions) {
    const link = () => new Link(open, onTrouble);
    const limits = (batchCallsMax: number): LaneLimits => ({
      callsMax: queueDepthMax,
      bytesMax: QUEUE_BYTES_MAX,
      batchCallsMax,
      batchBytesMax: BATCH_BYTES_MAX,
      waitMaxMs: WAIT_MAX_MS,
    });
    const writes = limits(WRITE_BATCH_CALLS_MAX);
    this.#appends = Array.from(
      { length: appendLanes },
      () => new Lane(link(), (connection, requests) => connection.transact(append(requests)), writes),
    );
    this.#reads = Array.from(
      { length: readLanes },
      () =>
        new Lane(
          link(),
          async (connection, calls) => {
            const results = await connection.run(calls);
            return calls.map((_, at) => ok(results[at] ?? []));
          },
          limits(READ_BATCH_CALLS_MAX),
        ),
    );
    this.cursors = new Lane(
      link(),
      async (connection, batches) => (await connection.transact(advance(batches))).map(ok),
      writes,
    );
    this.records = new Lane(link(), (connection, settings) => connection.transact(setRecords(settings)), writes);
    this.accounts = new Lane(link(), accountWork, limits(1));
    this.search = new Lane(new Link(openSearch, onTrouble), accountWork, limits(1));
  }

  /** The appends of a conversation share a lane, so that a node never waits for its own lock. */
  append(request: AppendRequest): Promise<Appended> {
    const lane = this.#appends[hashOf(request.conversationId) % this.#appends.length];
    if (lane === undefined) throw new RangeError('at least one lane is needed');
    return lane.ask(request, requestBytes(request));
  }

  /** Answers with the rows of one call, by the lane that has the least to do. */
  read(call: Call): Promise<readonly Row[]> {
    const [first, ...others] = this.#reads;
    if (first === undefined) throw new RangeError('at least one lane is needed');
    return others.reduce((best, lane) => (lane.depth < best.depth ? lane : best), first).ask(call);
  }

  async close(): Promise<void> {
    const all = [...this.#appends, ...this.#reads, this.cursors, this.records, this.accounts, this.search];
    await Promise.all(all.map((lane) => lane.close()));
  }
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
