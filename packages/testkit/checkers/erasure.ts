import { type ConversationId, type Entry, EntryKind, type UserId } from '@hongyan/protocol';
import type { Checker, DeviceView, Settled } from './checker.ts';
import { readableBy } from './fold/readable.ts';

/** How long after its time a message may be there: the server looks once a second, and devices know its clock about. */
const LATE_MS = 10_000;

/** A message with a time of its own. */
interface Timed {
  entry: Entry;
  /** When its recipient was first seen to have read it; undefined: not yet, or it does not matter. */
  readMs: number | undefined;
}

/**
 * P7: of a message that was recalled, or whose lifetime is over, nothing is left: not in the log, nor in the store or on the
 * screen of any device that came after (MSG-2, MSG-5, MSG-21, MSG-23). None is erased before its time.
 */
export function erasureChecker(): Checker {
  /** What was said, by place, as it was committed. */
  const texts = new Map<string, Uint8Array>();
  const timed = new Map<string, Timed>();
  /** By place, where the recall stands. */
  const recalled = new Map<string, number>();
  const concerned = new Set<ConversationId>();
  return {
    promise: 'P7',
    observe(observation) {
      if (observation.kind !== 'committed') return;
      const { entry } = observation;
      const { kind, body, header, conversationId } = entry;
      const isTimed = kind === EntryKind.MESSAGE && (header?.lifetimeMs ?? 0) > 0;
      if (kind === EntryKind.MESSAGE || kind === EntryKind.EDIT) texts.set(placeOf(entry), body);
      if (isTimed) timed.set(placeOf(entry), { entry, readMs: undefined });
      if (kind === EntryKind.RECALL) recalled.set(`${conversationId}/${targetOf(entry)}`, entry.seq);
      if (isTimed || kind === EntryKind.RECALL) concerned.add(conversationId);
    },
    outstanding(settled) {
      const wrong: string[] = [];
      for (const conversationId of concerned) {
        const log = settled.logs.get(conversationId) ?? [];
        const devices = settled.devices.map((device) => new Holding(device, conversationId));
        const gone = new Set<number>();
        for (const entry of log) {
          if (entry.kind !== EntryKind.MESSAGE) continue;
          const place = placeOf(entry);
          const time = timeOf(recalled.has(place) ? 'recalled' : timed.get(place), settled);
          if (time === 'over') gone.add(entry.seq);
          if (time !== 'ahead') continue;
          if (entry.body.length === 0) wrong.push(`${place} was erased before its time`);
          else wrong.push(...devices.flatMap((device) => device.erasedEarly(entry)));
        }
        for (const entry of log) {
          if (!gone.has(entry.kind === EntryKind.EDIT ? targetOf(entry) : entry.seq)) continue;
          const text = texts.get(placeOf(entry));
          if (text === undefined) continue;
          if (entry.body.length > 0) wrong.push(`the store has what ${placeOf(entry)} said`);
          const recallSeq = recalled.get(`${conversationId}/${targetOf(entry) || entry.seq}`);
          const told = devices.filter(({ userId }) => mayKnow(settled, { conversationId, userId, recallSeq }));
          wrong.push(...told.flatMap((device) => device.leftOf(entry, text)));
        }
      }
      return wrong;
    },
  };
}

const placeOf = ({ conversationId, seq }: Pick<Entry, 'conversationId' | 'seq'>): string => `${conversationId}/${seq}`;
const targetOf = ({ header }: Entry): number => header?.targetSeq ?? 0;

/** Whether a message's time is over, and everybody has had time to see that; `about`: nobody can say. */
function timeOf(message: Timed | 'recalled' | undefined, settled: Settled): 'over' | 'about' | 'ahead' {
  if (message === 'recalled') return 'over';
  if (message === undefined) return 'ahead';
  const { nowMs = 0, clockErrorMs = 0, cursors } = settled;
  const { entry } = message;
  const { lifetimeMs = 0, livesFromRead = false } = entry.header ?? {};
  const slackMs = LATE_MS + clockErrorMs;
  if (!livesFromRead) {
    const dueMs = entry.serverTimeMs + lifetimeMs;
    if (nowMs >= dueMs + slackMs) return 'over';
    return nowMs < dueMs - slackMs ? 'ahead' : 'about';
  }
  const readers = cursors.get(entry.conversationId)?.filter(({ userId }) => userId !== entry.senderId) ?? [];
  if (readers.some(({ readSeq }) => readSeq >= entry.seq)) message.readMs ??= nowMs;
  return message.readMs !== undefined && nowMs >= message.readMs + lifetimeMs + slackMs ? 'over' : 'about';
}

/** Who was no member any more when a message was recalled is not told of that, and keeps what it holds (MSG-24). */
const mayKnow = (
  settled: Settled,
  {
    conversationId,
    userId,
    recallSeq,
  }: { conversationId: ConversationId; userId: UserId; recallSeq: number | undefined },
): boolean =>
  recallSeq === undefined || readableBy(settled, conversationId, userId)?.some(({ seq }) => seq === recallSeq) === true;

/** What a device has of a conversation. */
class Holding {
  readonly #device: DeviceView;
  readonly #conversationId: ConversationId;
  readonly #kept: ReadonlyMap<number, Entry>;
  readonly #beside: readonly string[];

  constructor(device: DeviceView, conversationId: ConversationId) {
    this.#device = device;
    this.#conversationId = conversationId;
    this.#kept = new Map(device.store?.all(conversationId).map((entry) => [entry.seq, entry]));
    this.#beside = bodiesBeside(device.store, conversationId);
  }

  get userId(): UserId {
    return this.#device.userId;
  }

  /** Where the device's clock was right all the time. */
  erasedEarly(entry: Entry): string[] {
    const { deviceId, hasTrueClock } = this.#device;
    const isEarly = hasTrueClock === true && this.#kept.get(entry.seq)?.body.length === 0;
    return isEarly ? [`${deviceId} erased ${placeOf(entry)} before its time`] : [];
  }

  leftOf(entry: Entry, text: Uint8Array): string[] {
    const { deviceId, engine } = this.#device;
    const { seq, kind } = entry;
    const what = `what ${placeOf(entry)} said`;
    const wrong: string[] = [];
    if ((this.#kept.get(seq)?.body.length ?? 0) > 0) wrong.push(`${deviceId} keeps ${what}`);
    const isBeside = text.length > 0 && this.#beside.some((body) => body.includes(textOf(text)));
    if (isBeside) wrong.push(`${deviceId} keeps ${what} beside its entries`);
    if (kind !== EntryKind.MESSAGE) return wrong;
    const shown = engine.timeline(this.#conversationId)?.messages.find((message) => message.seq === seq);
    const last = engine.conversations().find(({ id }) => id === this.#conversationId)?.lastMessage;
    const isShown = [shown, last].some((message) => message?.seq === seq && !message.erased);
    return isShown ? [...wrong, `${deviceId} shows ${what}`] : wrong;
  }
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** All bodies that a device keeps of a conversation beside its entries. */
function bodiesBeside(store: DeviceView['store'], conversationId: ConversationId): string[] {
  const record = store?.conversation(conversationId);
  const { entry, change } = record?.shown ?? {};
  const bodies = [record?.lastEntry, entry, change?.edit, change?.recall].map((each) => each?.body);
  const waiting = (store?.outbox() ?? []).filter((item) => item.conversationId === conversationId);
  return [...bodies, ...waiting.map(({ body }) => body)].flatMap((body) => (body === undefined ? [] : [textOf(body)]));
}
