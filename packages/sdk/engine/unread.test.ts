import { type Entry, EntryKind } from '@hongyan/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changing, pushed } from './testing/changing.ts';
import { Device } from './testing/device.ts';
import { anna, ben, conversationId, ModelServer, pushFrame } from './testing/model-server.ts';

/** What happens in a conversation of Anna, who has a phone and a laptop, with Ben; `pick` chooses among what is there. */
type Step =
  | { do: 'write'; by: 'ben' | 'phone'; mentions: boolean }
  | { do: 'edit' | 'recall' | 'react'; pick: number; mentions: boolean }
  | { do: 'rename' }
  | { do: 'read' | 'cut' | 'mend' | 'restart'; at: At };
type At = 'phone' | 'laptop';

interface Counts {
  unread: number;
  mentioned: number;
}

const at = fc.constantFrom<At>('phone', 'laptop');
const mentions = fc.boolean();
const pick = fc.nat(99);
const write: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('write' as const),
  by: fc.constantFrom('ben' as const, 'ben' as const, 'phone' as const),
  mentions,
});
const amend: fc.Arbitrary<Step> = fc.record({ do: fc.constantFrom('edit', 'recall', 'react'), pick, mentions });
const line: fc.Arbitrary<Step> = fc.record({ do: fc.constantFrom('cut', 'mend', 'restart'), at });
const read: fc.Arbitrary<Step> = fc.record({ do: fc.constant('read' as const), at });
const rename: fc.Arbitrary<Step> = fc.constant({ do: 'rename' });
const anything = fc.array(fc.oneof(write, write, amend, line, read, rename), { maxLength: 30 });

class World {
  readonly server = new ModelServer();
  readonly devices = { phone: new Device(), laptop: new Device() };
  readonly #online = new Set<Device>();
  #count = 0;

  static async of(steps: readonly Step[]): Promise<World> {
    const world = new World();
    for (const device of world.all) await device.start();
    for (const device of world.all) world.#mend(device);
    for (const step of steps) await world.#play(step);
    return world;
  }

  get all(): Device[] {
    return Object.values(this.devices);
  }

  /** All faults are over: what each device shows then. */
  counts(): Counts[] {
    // Twice, as what one device says last is for the other one to hear.
    for (const device of [...this.all, ...this.all]) {
      this.#cut(device);
      this.#mend(device);
    }
    return this.all.map(countsOf);
  }

  /** RCP-5, read off the log, in which an edit says anew whom its message mentions. */
  get expected(): Counts {
    const { log } = this.server;
    const unread = log.filter((entry) => isBens(entry) && entry.seq > this.#cursor.readSeq);
    const mentioned = unread.filter(({ seq, header }) => {
      const edit = log.findLast((entry) => entry.kind === EntryKind.EDIT && entry.header?.targetSeq === seq);
      return (edit ? edit.header : header)?.mentionedIds.includes(anna);
    });
    return { unread: unread.length, mentioned: mentioned.length };
  }

  async #play(step: Step): Promise<void> {
    const change = changing(this.server);
    switch (step.do) {
      case 'write':
        this.#count += 1;
        if (step.by === 'phone') this.devices.phone.compose(`own${this.#count}`);
        else this.#tell(change.message(ben, `m${this.#count}`, { mentionedIds: step.mentions ? [anna] : [] }));
        this.#settle();
        return;
      case 'rename':
        this.#tell(change.conversation(ben, { case: 'name', value: 'another' }));
        return;
      case 'read':
        this.devices[step.at].do({ type: 'conversationRead', conversationId });
        this.#settle();
        return;
      case 'cut':
        this.#cut(this.devices[step.at]);
        return;
      case 'mend':
        if (!this.#online.has(this.devices[step.at])) this.#mend(this.devices[step.at]);
        return;
      case 'restart':
        this.#online.delete(this.devices[step.at]);
        await this.devices[step.at].restart();
        return;
      default: {
        const theirs = this.server.log.filter(isBens);
        const seq = theirs[step.pick % Math.max(1, theirs.length)]?.seq;
        if (seq === undefined) return;
        const header = { mentionedIds: step.mentions ? [anna] : [] };
        if (step.do === 'edit') this.#tell(change.edit(ben, seq, 'other words', header));
        else this.#tell(step.do === 'recall' ? change.recall(ben, seq) : change.react(ben, seq, '👍'));
      }
    }
  }

  #tell(...entries: Entry[]): void {
    for (const device of this.#online) pushed(device, ...entries);
    this.#settle();
  }

  /** Answers what is asked, and tells each device what came of it at the other one. */
  #settle(): void {
    for (const device of this.#online) {
      const before = this.server.log.length;
      const { readSeq } = this.#cursor;
      device.settle(this.server);
      const added = this.server.log.slice(before);
      for (const other of this.#online) {
        if (other !== device && added.length > 0) pushed(other, ...added);
        if (this.#cursor.readSeq === readSeq) continue;
        other.receive(pushFrame({ case: 'receipt', value: { conversationId, ...this.#cursor } }));
      }
    }
    for (const device of this.#online) device.settle(this.server);
  }

  get #cursor() {
    return this.server.cursors.get(anna) ?? { userId: anna, deliveredSeq: 0, readSeq: 0 };
  }

  #cut(device: Device): void {
    if (this.#online.delete(device)) device.lose();
  }

  #mend(device: Device): void {
    this.#online.add(device);
    device.online(this.server);
    this.#settle();
  }
}

/** A message by Ben that says something still. */
const isBens = ({ kind, senderId, body }: Entry): boolean =>
  kind === EntryKind.MESSAGE && senderId === ben && body.length > 0;

function countsOf({ engine }: Device): Counts {
  const [conversation] = engine.conversations();
  return { unread: conversation?.unreadCount ?? 0, mentioned: conversation?.mentionCount ?? 0 };
}

/** Holds for whatever happens before and after. */
const always = (steps: fc.Arbitrary<Step[]>, holds: (world: World) => void | Promise<void>) =>
  fc.assert(
    fc.asyncProperty(steps, async (played) => holds(await World.of(played))),
    { numRuns: 150 },
  );

test('[RCP-5, D2] whatever happens, both devices come to the count that the log gives', () =>
  always(anything, (world) => {
    expect(world.counts()).toEqual([world.expected, world.expected]);
  }));

test('[RCP-5, D2] complaint: one’s own messages are counted as unread', () =>
  always(fc.array(fc.oneof(write, line), { maxLength: 30 }), (world) => {
    const theirs = world.server.log.filter(({ senderId }) => senderId === ben).length;
    for (const { unread } of world.counts()) expect(unread).toBe(theirs);
  }));

test('[RCP-5, D2, D3] complaint: unread that cannot be cleared, or comes back', () =>
  always(anything, async (world) => {
    world.counts();
    const { phone } = world.devices;
    phone.do({ type: 'conversationRead', conversationId });
    expect(countsOf(phone)).toEqual({ unread: 0, mentioned: 0 });
    expect(world.counts()).toEqual(world.all.map(() => ({ unread: 0, mentioned: 0 })));
    for (const device of world.all) await device.restart();
    expect(world.all.map(countsOf)).toEqual(world.all.map(() => ({ unread: 0, mentioned: 0 })));
  }));

test('[RCP-5, D2] complaint: counts are wrong after connections were lost, and programs started again', () =>
  always(fc.array(fc.oneof(write, line, line, read), { maxLength: 30 }), (world) => {
    expect(world.counts()).toEqual([world.expected, world.expected]);
  }));

test('[RCP-5, MSG-21, D2] complaint: recalled messages are still counted', () =>
  always(fc.array(fc.oneof(write, amend, line), { maxLength: 30 }), (world) => {
    const { server } = world;
    const left = server.log.filter(isBens);
    const counts = world.counts();
    expect(counts.map(({ unread }) => unread)).toEqual([left.length, left.length]);
  }));

test('[RCP-5, D2] complaint: edits, reactions and changes of the group are counted', () =>
  always(anything, (world) => {
    world.counts();
    const { server } = world;
    const before = world.counts();
    const change = changing(server);
    const first = server.log.find(isBens);
    if (first) {
      const header = first.header && { mentionedIds: first.header.mentionedIds };
      change.edit(ben, first.seq, 'other words', header);
      change.react(ben, first.seq, '🎉');
    }
    change.conversation(ben, { case: 'announcement', value: 'read this' });
    const after = world.counts();
    expect(after.map(({ unread }) => unread)).toEqual(before.map(({ unread }) => unread));
  }));

test('[RCP-5, D2] mentions count on their own, and follow edits', () =>
  always(fc.array(fc.oneof(write, amend, line, read), { maxLength: 30 }), (world) => {
    const counts = world.counts();
    const { mentioned } = world.expected;
    expect(counts.map((count) => count.mentioned)).toEqual([mentioned, mentioned]);
  }));
